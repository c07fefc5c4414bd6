/** How much of a drug, and how often: `Dosage` of FHIR R4. Rules R40 to R43 of SPEC.md. */
import { booleanAt, type Fhir, listAt, numberAt, objectAt, textAt } from './elements.ts';
import { frequencyText, timesPerDay } from './timing.ts';

/** What the dosages of a drug say in numbers: columns of `drug_exposure`. */
export interface Dosing {
  readonly dose: number | null;
  readonly dose_unit: string | null;
  readonly times_per_day: number | null;
  readonly frequency_source_value: string | null;
}

const NOTHING: Dosing = { dose: null, dose_unit: null, times_per_day: null, frequency_source_value: null };

/** The dosing of a list of `Dosage`. Where they differ, as in a taper, it has no one dose or rhythm. */
export function dosingOf(dosages: readonly Fhir[]): Dosing {
  if (dosages.length === 0) return NOTHING;
  const [first = NOTHING, ...others] = dosages.map(dosingOfOne);
  if (others.length === 0) return first;
  const isOneDose = others.every(({ dose, dose_unit }) => dose === first.dose && dose_unit === first.dose_unit);
  const isOneRhythm = others.every(({ times_per_day }) => times_per_day === first.times_per_day);
  const words = new Set([first, ...others].flatMap(({ frequency_source_value }) => frequency_source_value ?? []));
  return {
    dose: isOneDose ? first.dose : null,
    dose_unit: isOneDose ? first.dose_unit : null,
    times_per_day: isOneRhythm ? first.times_per_day : null,
    frequency_source_value: words.size > 0 ? [...words].join('; ') : null,
  };
}

/** A Quantity as a dose. */
export function doseOfQuantity(quantity: Fhir | undefined): Dosing {
  const dose = numberAt(quantity, 'value') ?? null;
  return { ...NOTHING, dose, dose_unit: dose === null ? null : unitOf(quantity) };
}

/** The unit of a quantity as shown, else its code. */
export function unitOf(quantity: Fhir | undefined): string | null {
  return textAt(quantity, 'unit') ?? textAt(quantity, 'code') ?? null;
}

/** How the drug is to be taken, in words: all dosages, each its text, else the instruction to the patient, else its dose. */
export function sigOf(dosages: readonly Fhir[]): string | null {
  if (dosages.length === 0) return null;
  const texts = dosages.flatMap(
    (dosage) => textAt(dosage, 'text') ?? textAt(dosage, 'patientInstruction') ?? doseText(dosage) ?? [],
  );
  return texts.length > 0 ? texts.join('; ') : null;
}

function dosingOfOne(dosage: Fhir): Dosing {
  const { low, high, unit } = doseRange(dosage);
  const timing = objectAt(dosage, 'timing');
  const isAsNeeded =
    booleanAt(dosage, 'asNeededBoolean') === true || objectAt(dosage, 'asNeededCodeableConcept') !== undefined;
  const frequency = frequencyText(timing);
  return {
    dose: low === high ? (low ?? null) : null,
    dose_unit: unit,
    times_per_day: isAsNeeded ? null : timesPerDay(timing),
    frequency_source_value: isAsNeeded ? [frequency ?? [], 'as needed'].flat().join(' ') : frequency,
  };
}

interface DoseRange {
  readonly low: number | undefined;
  readonly high: number | undefined;
  readonly unit: string | null;
}

/** The first dose of `doseAndRate`; a single one is both ends of its range. */
function doseRange(dosage: Fhir): DoseRange {
  for (const rate of listAt(dosage, 'doseAndRate')) {
    const quantity = objectAt(rate, 'doseQuantity');
    const single = numberAt(quantity, 'value');
    if (single !== undefined) return { low: single, high: single, unit: unitOf(quantity) };
    const range = objectAt(rate, 'doseRange');
    const [from, to] = [objectAt(range, 'low'), objectAt(range, 'high')];
    const [low, high] = [numberAt(from, 'value'), numberAt(to, 'value')];
    if (low !== undefined || high !== undefined) return { low, high, unit: unitOf(from) ?? unitOf(to) };
  }
  return { low: undefined, high: undefined, unit: null };
}

/** `1-2 tablet`. */
function doseText(dosage: Fhir): string | undefined {
  const { low, high, unit } = doseRange(dosage);
  if (low === undefined && high === undefined) return undefined;
  const dose = low === high ? `${low}` : `${low ?? ''}-${high ?? ''}`;
  return unit === null ? dose : `${dose} ${unit}`;
}
