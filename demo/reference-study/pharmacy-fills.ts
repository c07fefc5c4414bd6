/** The compounding pharmacy's own rows for a case, with the patient written down as badly as real ones are. */
import { addDays, daysFrom, type Institution, type Random, usDate } from '../institution/index.ts';
import type { Found, PersonOfCase } from './cases.ts';

/** What was filled. */
export interface Fills {
  readonly person: PersonOfCase;
  readonly recordNumber: string;
  readonly flaw: NonNullable<Found['flaw']>;
  /** `YYYY-MM-DD`, in order: one row each. */
  readonly days: readonly string[];
  readonly grams: number;
  readonly vehicle: string;
  readonly frequency: string;
  /** Percent of each day's fill. */
  readonly strengthOn: (day: string) => number;
}

/** Writes one row a filled prescription. */
export function writeFills(institution: Institution, random: Random, fills: Fills): void {
  const { person, days, grams, vehicle, frequency, strengthOn } = fills;
  const gel = vehicle === 'gel';
  const pharmacyPatient = `P${random.integer(10_000, 99_999)}`;
  const recordNumber = asThePharmacyHasIt(fills, random);
  const times = frequency === 'three_times' ? 'TID' : 'BID';
  for (const day of days) {
    institution.pharmacyRow({
      rxNumber: `C${random.integer(100_000, 999_999)}`,
      fillDate: usDate(day),
      pharmacyPatient,
      recordNumber,
      lastName: person.family.toUpperCase(),
      firstName: person.given.toUpperCase(),
      birthDate: usDate(person.birth),
      drug: `sodium thiosulfate ${strengthOn(day)} % ${gel ? 'gel' : 'in zinc oxide ointment'}`,
      form: gel ? 'gel' : 'ointment',
      route: 'topical',
      quantity: String(grams),
      unit: 'g',
      sig: `Apply to affected areas ${times}`,
      refills: String(days.length - 1),
    });
  }
}

/** Days of `count` fills from `start`, spread evenly up to `end`, each one in the study's period. */
export function fillDays(start: string, end: string, count: number): string[] {
  const gap = Math.max(7, Math.min(75, Math.floor(daysFrom(start, end) / count)));
  return Array.from({ length: count }, (_, at) => addDays(start, at * gap));
}

/** The record number: without its zeros, with one digit wrong, or not at all. */
function asThePharmacyHasIt({ recordNumber, flaw }: Fills, random: Random): string {
  if (flaw === 'missing') return '';
  if (flaw === 'leading-zeros') return String(Number(recordNumber));
  if (flaw === 'none') return recordNumber;
  const at = recordNumber.length - random.integer(1, 4);
  const wrong = (Number(recordNumber[at]) + random.integer(1, 9)) % 10;
  return `${recordNumber.slice(0, at)}${wrong}${recordNumber.slice(at + 1)}`;
}
