import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRecords, type Records } from '../open-records.ts';
import { newPlace, type Place } from '../records.test-support.ts';
import { nameKey } from '../table/person-keys.ts';
import { addCodeFunctions } from './code-forms.ts';
import { plausibleRanges } from './plausible-ranges.ts';
import { writeRecords } from './quality.test-support.ts';
import { addTextFunctions } from './text-functions.ts';

let place: Place;
let records: Records;
beforeAll(async () => {
  place = newPlace();
  await writeRecords(place.workspace, {});
  records = await openRecords(place.workspace);
  await addCodeFunctions(records);
  await addTextFunctions(records);
});
afterAll(() => {
  records.close();
  place[Symbol.dispose]();
});

async function wellFormed(vocabulary: string, codes: readonly string[]): Promise<(boolean | null)[]> {
  const rows = await records.all<{ fits: boolean | null }>(
    'SELECT main.well_formed($vocabulary, code) AS fits FROM (SELECT unnest($codes) AS code)',
    { vocabulary, codes },
  );
  return rows.map(({ fits }) => fits);
}

describe('the forms of codes', () => {
  test.each([
    ['ICD10CM', 'L94.2 L942 l94.2 M34.9 C7A.00 S72.001A T36.0X1A O9A.111 U07.1'],
    ['ICD9CM', '709.3 7093 401 V10.05 V1005 E880.1 E880'],
    ['ICD9Proc', '86.3 863 00.10'],
    ['ICD10', 'L94.2 A17.0† G01*'],
    ['ICD10GM', 'L94.2 E10.-'],
    ['ICD10PCS', '0HB8XZX'],
    ['LOINC', '2160-0 8302-2 11506-3 LA6576-8 11491-6'],
    ['RxNorm', '519 1049502'],
    ['NDC', '0002-8215-01 50242-040-62 60575-4112-1 00002-8215-01 0002821501 00002821501 0002-8215 50242-040'],
    ['SNOMED', '73211009 6064005 372464004 900000000000207008'],
    ['CPT4', '99213 0001F 0042T'],
    ['HCPCS', 'J1100'],
    ['ATC', 'D D07 D07A D07AA D07AA02'],
    ['CVX', '08 141'],
  ])('[R77] %s: %s', async (vocabulary, codes) => {
    const list = codes.split(' ');
    expect(await wellFormed(vocabulary, list)).toEqual(list.map(() => true));
  });

  test.each([
    ['ICD10CM', ['709.3', 'L9', 'L94.', 'L94.23456', 'psoriasis', '']],
    ['ICD9CM', ['L94.2', '70', '709.123', 'V1', 'E88']],
    ['LOINC', ['2160', '2160-00', '2160-1', 'creatinine']],
    ['RxNorm', ['0519', '12 34', 'urea']],
    ['NDC', ['1234', '0002-82-01', '123456789012']],
    ['SNOMED', ['73211008', '12345', '073211009', '7321100x']],
    ['CPT4', ['9921', '992133']],
  ])('[R77] %s: not %j', async (vocabulary, codes) => {
    expect(await wellFormed(vocabulary, codes)).toEqual(codes.map(() => false));
  });

  test('[R77] a vocabulary without a known form says nothing', async () => {
    expect(await wellFormed('http://hospital.example/codes', ['x'])).toEqual([null]);
  });
});

describe('check digits', () => {
  test('[R78] a SNOMED CT id has exactly one last digit, that of Verhoeff', async () => {
    const numbers = fc.sample(fc.stringMatching(/^[1-9]\d{4,16}$/), 200);
    for (const number of numbers.slice(0, 40)) {
      const fits = await wellFormed(
        'SNOMED',
        DIGITS.map((digit) => `${number}${digit}`),
      );
      expect(fits, number).toEqual(DIGITS.map((digit) => digit === verhoeff(number)));
    }
    expect(
      await wellFormed(
        'SNOMED',
        numbers.map((number) => `${number}${verhoeff(number)}`),
      ),
    ).toEqual(numbers.map(() => true));
  });

  test('[R78] a LOINC code has exactly one last digit, that of Luhn', async () => {
    const numbers = fc.sample(fc.stringMatching(/^[1-9]\d{0,6}$/), 200);
    for (const number of numbers.slice(0, 40)) {
      const fits = await wellFormed(
        'LOINC',
        DIGITS.map((digit) => `${number}-${digit}`),
      );
      expect(fits, number).toEqual(DIGITS.map((digit) => digit === luhn(number)));
    }
    expect(
      await wellFormed(
        'LOINC',
        numbers.map((number) => `${number}-${luhn(number)}`),
      ),
    ).toEqual(numbers.map(() => true));
  });

  test('[R78] the codes of the plausible ranges are LOINC codes', async () => {
    const codes = plausibleRanges().map(({ code }) => code);
    expect(await wellFormed('LOINC', codes)).toEqual(codes.map(() => true));
    expect(new Set(codes).size).toBe(codes.length);
  });
});

test('[R84] names are folded as linkage folds them', async () => {
  const names = [
    'Müller',
    "O'Neil",
    'Søren',
    'Weiß',
    'Łukasz',
    'van der Berg',
    'Þór',
    'Çelik',
    'Æsa',
    'ĐINH',
    'İpek',
    '-',
  ];
  const rows = await records.all<{ key: string }>(
    'SELECT main.name_key(name) AS key FROM (SELECT unnest($1) AS name)',
    [names],
  );
  expect(rows.map(({ key }) => key || null)).toEqual(names.map(nameKey));
});

const DIGITS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/** The check digit by the symmetries of a pentagon, without tables: 0 to 4 turn it, 5 to 9 flip it and turn it. */
function verhoeff(number: string): number {
  const turn = (by: number): number => ((by % 5) + 5) % 5;
  const times = (a: number, b: number): number => {
    const flipped = a < 5 !== b < 5 ? 5 : 0;
    return turn(a < 5 ? a + b : a - b) + flipped;
  };
  const permuted = (digit: number, place: number): number =>
    Array.from({ length: place % 8 }).reduce<number>((at) => [1, 5, 7, 6, 2, 8, 3, 0, 9, 4][at] ?? 0, digit);
  const rest = [...number].reverse().reduce((product, digit, at) => times(product, permuted(Number(digit), at + 1)), 0);
  return DIGITS.find((digit) => times(digit, rest) === 0) ?? -1;
}

function luhn(number: string): number {
  const sum = [...number].reverse().reduce((total, digit, at) => {
    const weighed = at % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return (10 - (sum % 10)) % 10;
}
