/** Exposures and rules for the tests of treatment episodes. */
import fc from 'fast-check';
import { dayNumber, type NumberRange, type PartialDate } from '../base/index.ts';
import { type TreatmentRules, treatmentSchema } from '../protocol/index.ts';
import { type Exposure, type Use, useOf } from './exposure.ts';
import { type InterestDates, type Treatment, treatmentOf } from './treatment.ts';

/** The last day of the period of all these tests. */
export const END = '2014-12-31';

const NOTHING: Exposure = {
  source: 'MedicationDispense/1',
  kind: 'dispense',
  text: null,
  start: null,
  stop: null,
  daysSupply: null,
  dose: null,
  doseUnit: null,
  timesPerDay: null,
  frequency: null,
  amount: null,
  amountUnit: null,
  refills: null,
};

/** An exposure of which only this is known. */
export function exposure(known: Partial<{ readonly [Key in keyof Exposure]: Exposure[Key] | string }>): Exposure {
  return { ...NOTHING, ...known } as Exposure;
}

/** A use with this start, and these other things. */
export function used(known: Parameters<typeof exposure>[0], supply?: number, countRefills = false): Use {
  const use = useOf(exposure(known), { supply, countRefills, end: dayNumber(END) });
  if (!use) throw new Error('a use without a start');
  return use;
}

/** The rules of a treatment, as parsed. */
export function rulesOf(changes: object = {}): TreatmentRules {
  return treatmentSchema.parse({ label: 'Prednisone', concept: 'prednisone', ...changes });
}

/** A treatment of these exposures. Sources are numbered where they have no name of their own. */
export function treated(
  exposures: readonly Parameters<typeof exposure>[0][],
  changes: object = {},
  interest?: { readonly start?: string; readonly stop?: string },
): Treatment {
  const all = exposures.map((one, at) => exposure({ source: `MedicationDispense/${at}`, ...one }));
  const dates = interest && ({ start: interest.start, stop: interest.stop } as InterestDates);
  return treatmentOf('prednisone', rulesOf(changes), all, END, dates);
}

/** Days of December 2013 to March 2014, and months and years around them. */
export const someDate: fc.Arbitrary<PartialDate> = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: dayNumber('2013-12-20'), max: dayNumber('2014-03-10') }).map(dayText) },
  { weight: 2, arbitrary: fc.constantFrom('2014-01', '2014-02') as fc.Arbitrary<PartialDate> },
);

/** A day as text. */
export function dayText(day: number): PartialDate {
  return new Date(day * 86_400_000).toISOString().slice(0, 10) as PartialDate;
}

/** All days of a range. */
export function daysOf({ min, max }: NumberRange): number[] {
  return Array.from({ length: max - min + 1 }, (_, at) => min + at);
}
