/** The follow-up of all candidates together. Rule R119 of SPEC.md. */

import type { Gate } from '../gate/gate.ts';
import type { FollowUp } from './follow-up.ts';

/** Median and quartiles (R's type 7) of those who have a value; null where nobody has. */
export interface Quartiles {
  readonly n: number;
  readonly q1: number | null;
  readonly median: number | null;
  readonly q3: number | null;
}

/** The follow-up of all of them together; how many have a contact elsewhere, or with others, where it was asked for. */
export interface FollowUpSummary {
  readonly subjects: number;
  readonly withoutContact: number;
  readonly days: Quartiles;
  readonly visitsAYear: Quartiles;
  readonly deaths: number;
  readonly quiet: number;
  readonly quietAndDied: number;
  readonly elsewhere?: number;
  readonly withOthers?: number;
}

/** Sums up what {@link followUp} gave. The engine of the records works the quartiles out. */
export async function followUpSummary(gate: Gate, all: readonly FollowUp[]): Promise<FollowUpSummary> {
  const count = (holds: (one: FollowUp) => unknown): number => all.filter(holds).length;
  const isAsked = (key: 'elsewhere' | 'withOthers'): boolean => all.some((one) => one[key] !== undefined);
  return {
    subjects: all.length,
    withoutContact: count(({ contacts }) => contacts === 0),
    days: await quartiles(
      gate,
      all.map(({ days }) => days),
    ),
    visitsAYear: await quartiles(
      gate,
      all.map(({ visitsAYear }) => visitsAYear),
    ),
    deaths: count(({ died }) => died !== null),
    quiet: count(({ isQuiet }) => isQuiet),
    quietAndDied: count(({ isQuiet, died }) => isQuiet && died !== null),
    ...(isAsked('elsewhere') ? { elsewhere: count((one) => one.elsewhere) } : {}),
    ...(isAsked('withOthers') ? { withOthers: count((one) => one.withOthers) } : {}),
  };
}

async function quartiles(gate: Gate, values: readonly (number | null)[]): Promise<Quartiles> {
  const known = values.filter((value) => value !== null);
  const [row] = await gate.all<{ at: readonly [number, number, number] | null }>(
    'SELECT quantile_cont(value, [0.25, 0.5, 0.75]) AS "at" FROM (SELECT unnest($1::DOUBLE[]) AS value)',
    [known.map(String)],
  );
  const [q1, median, q3] = row?.at ?? [null, null, null];
  return { n: known.length, q1, median, q3 };
}
