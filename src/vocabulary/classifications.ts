import { ChartproofError, nearest } from '../base/index.ts';

/** Classifications whose files are read, and the form of their codes without the dot. */
const SHAPES: Readonly<Record<string, RegExp>> = {
  ICD9CM: /^(?:\d{3,5}|V\d{2,4}|E\d{3,4})$/,
  ICD9Proc: /^\d{2,4}$/,
  ICD10CM: /^[A-Z]\d[0-9A-Z]{1,5}$/,
  ICD10PCS: /^[0-9A-HJ-NP-Z]{3,7}$/, // neither I nor O
  ICD10: /^[A-Z]\d{2}[0-9A-Z]{0,3}$/,
  ICD10GM: /^[A-Z]\d{2}[0-9A-Z]{0,3}$/,
};

/** The classifications that `--system` may name. */
export const classifications: readonly string[] = Object.keys(SHAPES);

/** The classification of this name. Error: `vocabulary.unknown-system`. */
export function classification(name: string): string {
  if (Object.hasOwn(SHAPES, name)) return name;
  const near = nearest(name, classifications);
  throw new ChartproofError(
    'vocabulary.unknown-system',
    `There is no classification \`${name}\` whose files are read.`,
    {
      tip: near ? `Did you mean \`${near}\`?` : `There is: ${classifications.join(', ')}.`,
    },
  );
}

/** Whether it may be a code of the classification; `code` as `normalizeCode` writes it. */
export function isCodeOf(system: string, code: string): boolean {
  return SHAPES[system]?.test(code) ?? false;
}

/** The classification that only these codes can be of; `undefined` where it cannot be told. */
export function classificationOf(codes: readonly string[]): string | undefined {
  if (codes.some((code) => /^\d.{6}$/.test(code))) return 'ICD10PCS';
  if (codes.some((code) => /^[A-Z].{5}/.test(code))) return 'ICD10CM'; // ICD-10 and ICD-10-GM end at five
  const isOf9 = codes.every((code) => isCodeOf('ICD9CM', code)) && codes.some((code) => /^\d{5}$/.test(code));
  return isOf9 ? 'ICD9CM' : undefined;
}
