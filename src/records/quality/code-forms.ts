/** What codes of a system look like, and the check digits of those that have one. Rules R77 and R78. */

import { isDotless } from '../../vocabulary/index.ts';
import { literal } from '../duckdb.ts';
import type { Records } from '../open-records.ts';

/**
 * Regular expressions for whole codes in capitals. A dot that may be left out is optional.
 * NDC: ten digits in three groups, or eleven; without the package, two groups (21 CFR 207.33).
 * SNOMED: SCTID, 6 to 18 digits. RxNorm: RXCUI.
 */
const FORMS: Readonly<Record<string, string>> = {
  ICD10CM: String.raw`[A-Z]\d[0-9AB](\.?[0-9A-Z]{1,4})?`,
  ICD10: String.raw`[A-Z]\d{2}(\.?[0-9X]{1,2})?[†*]?`,
  ICD10GM: String.raw`[A-Z]\d{2}(\.?[0-9-]{1,2})?[†*!+]?`,
  ICD10PCS: '[0-9A-HJ-NP-Z]{7}',
  ICD9CM: String.raw`(\d{3}|V\d{2})(\.?\d{1,2})?|E\d{3}(\.?\d)?`,
  ICD9Proc: String.raw`\d{2}(\.?\d{1,2})?`,
  LOINC: String.raw`\d{1,7}-\d|(LA|LP|LG|LL)\d{1,7}-\d`,
  RxNorm: String.raw`[1-9]\d{0,7}`,
  NDC: String.raw`\d{4}-\d{4}-\d{2}|\d{5}-\d{3}-\d{2}|\d{5}-\d{4}-\d{1,2}|\d{10,11}|\d{4}-\d{4}|\d{5}-\d{3,4}`,
  SNOMED: String.raw`[1-9]\d{5,17}`,
  CVX: String.raw`\d{1,3}`,
  CPT4: String.raw`\d{4}[0-9AFMTU]`,
  HCPCS: String.raw`[A-V]\d{4}`,
  ATC: String.raw`[A-Z](\d{2}([A-Z]([A-Z](\d{2})?)?)?)?`,
};

/** The vocabularies whose codes have a form that is known here. */
export const vocabulariesWithForm: readonly string[] = Object.keys(FORMS);

/** LOINC terms whose check digit is wrong and known to be: LOINC Users' Guide, appendix C. */
const WRONG_IN_LOINC =
  '11491-6 11501-6 5895-7 5896-5 5897-3 5928-1 6028-3 6415-5 6580-7 6645-7 6646-5 6647-3 6648-1 6649-9'.split(' ');

/**
 * Makes the functions that codes are judged with.
 *
 * `main.well_formed(vocabulary, code)`: whether the code has the form of its vocabulary and its check digit fits;
 * null where the form is not known. `main.code_key(vocabulary, code)`: the code as it is compared.
 */
export async function addCodeFunctions(records: Pick<Records, 'run'>): Promise<void> {
  for (const statement of [DIGITS, MOD10, VERHOEFF, WELL_FORMED, CODE_KEY]) await records.run(statement);
}

/** The digits of a code from the last to the first. */
const DIGITS = `
  CREATE MACRO main.digits_from_last(code) AS
    list_transform(string_split(reverse(replace(code, '-', '')), ''), lambda digit: digit::INTEGER)`;

/** Every second digit from the check digit on counts twice, its own digits added (Luhn; LOINC Users' Guide, appendix C). */
const MOD10 = `
  CREATE MACRO main.fits_mod10(code) AS
    list_reduce(main.digits_from_last(code),
      lambda sum, digit, place: sum + CASE WHEN place % 2 = 0 THEN (digit * 2) // 10 + (digit * 2) % 10 ELSE digit END,
      0) % 10 = 0`;

/** The dihedral group of ten elements, and the permutations of its digits by place (Verhoeff 1969; SNOMED CT, TIG 6.2). */
const PRODUCT =
  '0123456789' +
  '1234067895' +
  '2340178956' +
  '3401289567' +
  '4012395678' +
  '5987604321' +
  '6598710432' +
  '7659821043' +
  '8765932104' +
  '9876543210';
const PERMUTED =
  '0123456789' + '1576283094' + '5803796142' + '8916043527' + '9453126870' + '4286573901' + '2793806415' + '7046913258';

const VERHOEFF = `
  CREATE MACRO main.fits_verhoeff(code) AS
    list_reduce(main.digits_from_last(code),
      lambda state, digit, place:
        '${PRODUCT}'[state * 10 + '${PERMUTED}'[((place - 1) % 8) * 10 + digit + 1]::INTEGER + 1]::INTEGER,
      0) = 0`;

const WELL_FORMED = `
  CREATE MACRO main.well_formed(vocabulary, code) AS
    CASE vocabulary
      ${Object.entries(FORMS)
        .map(
          ([name, form]) =>
            `WHEN '${name}' THEN regexp_full_match(upper(trim(code)), ${literal(form)})${checked(name)}`,
        )
        .join('\n      ')}
    END`;

/** CASE, so that no digit is looked for in what has none. */
function checked(vocabulary: string): string {
  const plain = 'trim(code)';
  if (vocabulary === 'SNOMED')
    return ` AND CASE WHEN regexp_full_match(${plain}, '\\d+') THEN main.fits_verhoeff(${plain}) ELSE false END`;
  if (vocabulary === 'LOINC') {
    const known = WRONG_IN_LOINC.map(literal).join(', ');
    return ` AND CASE WHEN regexp_full_match(${plain}, '\\d+-\\d') AND ${plain} NOT IN (${known}) THEN main.fits_mod10(${plain}) ELSE true END`;
  }
  return '';
}

const CODE_KEY = `
  CREATE MACRO main.code_key(vocabulary, code) AS
    CASE WHEN vocabulary IN (${vocabulariesWithForm.filter(isDotless).map(literal).join(', ')})
         THEN replace(upper(trim(code)), '.', '') ELSE upper(trim(code)) END`;
