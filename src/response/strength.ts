/** The strength of one piece (a tablet, a capsule), or of a preparation, by the text of the drug: no column has it. Rule R40 of SPEC.md. */

/** How much of the drug a piece has. */
export interface Strength {
  readonly value: number;
  readonly unit: string;
}

/** What a dose counts where it counts pieces, in the words of FHIR, UCUM and pharmacies. */
const PIECES =
  /^\{?(?:tablets?|tabs?|tbl|capsules?|caps?|pills?|each|ea|patch(?:es)?|suppositor(?:y|ies)|tablet\(s\)|capsule\(s\))\}?$/i;

/** A number and a unit of mass. What follows must not make it a concentration (`10 mg/mL`) or one part of several (`5 mg-325 mg`). */
const STRENGTH = /(?<![\d.,/-])(\d+(?:[.,]\d+)?)\s?(mg|mcg|µg|ug|g)\b/gi;

/** Whether a unit of a dose is of pieces. */
export function isPiece(unit: string): boolean {
  return PIECES.test(unit.trim());
}

/** The strength that a text names; `undefined` where it names none, several, or a concentration. */
export function strengthIn(text: string): Strength | undefined {
  const [one, ...more] = text.matchAll(STRENGTH);
  if (!one || more.length > 0) return undefined;
  const [said, digits = '', unit = ''] = one;
  const after = text.slice(one.index + said.length).trimStart();
  if (/^[/+-]|^per\b/i.test(after)) return undefined;
  const value = Number(digits.replace(',', '.'));
  if (value <= 0 || /,\d{3}$/.test(digits)) return undefined; // 1,000 mg: a thousand or one, by the country
  return { value, unit: UNITS[unit.toLowerCase()] ?? unit.toLowerCase() };
}

/** Whether a unit of a dose says nothing of how much: a preparation is applied. */
export function isApplication(unit: string): boolean {
  return /^\{?(?:applications?|appl?)\}?$/i.test(unit.trim());
}

/** The percentage of a preparation that a text names (`0.1 % cream`); `undefined` where it names none or several. */
export function percentIn(text: string): number | undefined {
  const [one, ...more] = text.matchAll(/(?<![\d.,/-])(\d+(?:[.,]\d+)?)\s?%/g);
  const value = Number(one?.[1]?.replace(',', '.'));
  return more.length === 0 && value > 0 && value <= 100 ? value : undefined;
}

const UNITS: Readonly<Record<string, string>> = { mcg: 'ug', µg: 'ug' };
