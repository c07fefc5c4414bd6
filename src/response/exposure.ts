/** One use of a drug as a source tells it, and the days that it may have lasted. Rules R30 to R32 of SPEC.md. */
import { dayNumber, dayRange, type NumberRange, type PartialDate } from '../base/index.ts';
import type { DrugExposure } from '../cohort/index.ts';
import type { DrugSource } from '../protocol/index.ts';

/** What a row of the records or a statement of a reviewer says of one use. */
export interface Exposure extends Omit<DrugExposure, 'kind'> {
  /** Of a statement `source` is `course[2]`, the record of an instrument, and `refills` those that were stated. */
  readonly kind: DrugSource | 'abstracted';
  /** A reviewer said that there was no stop: in use at the end of the period. */
  readonly ongoing?: boolean;
}

/** How the end of a use is known. */
export type EndBy = 'stop' | 'supply' | 'amount' | 'rule' | 'one-day' | 'end-of-period' | 'unknown';

/** A use in days since 1970-01-01. It has a length, or a last day of its own, never before its first. */
export type Use = {
  readonly exposure: Exposure;
  readonly first: NumberRange;
  readonly endBy: EndBy;
} & ({ readonly length: number } | { readonly last: NumberRange });

/** What the protocol says of lengths, in days; `end` is the last day of the period. */
export interface UseRules {
  /** Of an order or a dispense that says nothing of its length. */
  readonly supply: number | undefined;
  readonly countRefills: boolean;
  readonly end: number;
}

/** A use with its possible days; `undefined` where no start is known. */
export function useOf(exposure: Exposure, rules: UseRules): Use | undefined {
  if (exposure.start === null) return undefined;
  const first = dayNumbers(exposure.start);
  const { stop } = exposure;
  const last = stop === null ? undefined : dayNumbers(stop);
  // A stop that surely lies before the start is a mistake of the source: the use is of one day.
  if (last && last.max < first.min) return { exposure, first, endBy: 'one-day', length: 1 };
  if (last) return { exposure, first, endBy: 'stop', last };
  if (exposure.ongoing) return { exposure, first, endBy: 'end-of-period', last: { min: rules.end, max: rules.end } };
  if (exposure.kind === 'abstracted')
    return { exposure, first, endBy: 'unknown', last: { min: first.min, max: Math.max(rules.end, first.max) } };
  return { exposure, first, ...lengthOf(exposure, rules) };
}

/** The last day that a use may have, in itself. */
export function latestOf(use: Use): number {
  return 'length' in use ? use.first.max + use.length - 1 : Math.max(use.last.max, use.first.min);
}

const SUPPLIED: ReadonlySet<Exposure['kind']> = new Set(['order', 'dispense', 'table']);

/** A longer supply is a mistake of the source. */
const MOST_DAYS = 36_525;

function lengthOf(exposure: Exposure, { supply, countRefills }: UseRules): { endBy: EndBy; length: number } {
  if (!SUPPLIED.has(exposure.kind)) return { endBy: 'one-day', length: 1 };
  const times = countRefills && exposure.kind === 'order' ? 1 + Math.max(0, exposure.refills ?? 0) : 1;
  const lasting = (days: number): number => Math.min(MOST_DAYS, Math.max(1, Math.ceil(days)) * times);
  const { daysSupply } = exposure;
  if (daysSupply !== null && daysSupply > 0) return { endBy: 'supply', length: lasting(daysSupply) };
  const used = daysOfAmount(exposure);
  if (used !== undefined) return { endBy: 'amount', length: lasting(used) };
  if (supply !== undefined) return { endBy: 'rule', length: lasting(supply) };
  return { endBy: 'one-day', length: 1 };
}

/** How long the amount lasts at the dose, where both are in the same unit. */
function daysOfAmount({ amount, amountUnit, dose, doseUnit, timesPerDay }: Exposure): number | undefined {
  if (!amount || !dose || !timesPerDay || amountUnit === null || doseUnit === null) return undefined;
  if (amountUnit.toLowerCase() !== doseUnit.toLowerCase()) return undefined;
  const days = amount / (dose * timesPerDay);
  return days > 0 ? days : undefined;
}

function dayNumbers(date: PartialDate): NumberRange {
  const { earliest, latest } = dayRange(date);
  return { min: dayNumber(earliest), max: dayNumber(latest) };
}
