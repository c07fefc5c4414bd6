import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codePatterns, isDotless, matchesCode, normalizeCode, writtenCode } from './codes.ts';

const set = (system: string, code: string, descendants = true) => ({
  label: 'x',
  codes: [{ system, code, descendants, mapped: false, exclude: false }],
  terms: [],
});
const matches = (system: string, code: string, vocabulary: string, other: string, descendants = true): boolean =>
  codePatterns(set(system, code, descendants)).some((pattern) => matchesCode(pattern, vocabulary, other));

describe('codes', () => {
  test('[R1] an ICD code is the same with and without its dot', () => {
    expect(['709.3', '7093', ' 709.3 '].map((code) => normalizeCode('ICD9CM', code))).toEqual(['7093', '7093', '7093']);
    expect(normalizeCode('ICD10CM', 'l94.2')).toBe('L942');
    expect(normalizeCode('LOINC', '2160-0')).toBe('2160-0');
  });

  test('[R2] codes that begin with an ICD code stand below it', () => {
    expect(['L94.2', 'L94.20', 'L9420'].map((code) => matches('ICD10CM', 'L94.2', 'ICD10CM', code))).toEqual([
      true,
      true,
      true,
    ]);
    expect(['L94', 'L94.3', 'L40'].map((code) => matches('ICD10CM', 'L94.2', 'ICD10CM', code))).toEqual([
      false,
      false,
      false,
    ]);
    expect(matches('ICD10CM', 'L94.2', 'ICD10CM', 'L94.20', false)).toBe(false);
  });

  test('[R3] codes of other systems stand for themselves', () => {
    expect(matches('RxNorm', '6851', 'RxNorm', '6851')).toBe(true);
    expect(matches('RxNorm', '6851', 'RxNorm', '68510')).toBe(false);
  });

  test('[R4] a code counts only in its own system', () => {
    expect(matches('ICD9CM', '401', 'ICD10CM', '401')).toBe(false);
  });

  test('[R2] whatever is added to an ICD code stays below it', () => {
    const code = fc.stringMatching(/^[A-Z]\d{2}(\.\d{1,3})?$/);
    fc.assert(
      fc.property(code, fc.stringMatching(/^\d{0,2}$/), (base, more) =>
        matches('ICD10CM', base, 'ICD10CM', base + more),
      ),
    );
  });

  test.each([
    ['ICD10CM', 'L942', 'L94.2'],
    ['ICD10CM', 'l94', 'L94'],
    ['ICD10CM', 'S14101A', 'S14.101A'],
    ['ICD9CM', '7093', '709.3'],
    ['ICD9CM', '709.3', '709.3'],
    ['ICD9CM', 'V1000', 'V10.00'],
    ['ICD9CM', 'E8000', 'E800.0'],
    ['ICD9CM', 'E800', 'E800'],
    ['ICD10CM', 'E800', 'E80.0'],
    ['ICD9Proc', '8611', '86.11'],
    ['ICD10PCS', '0HBAXZX', '0HBAXZX'],
    ['LOINC', '2160-0', '2160-0'],
  ])('[R6] %s writes %s as %s', (vocabulary, code, written) => {
    expect(writtenCode(vocabulary, code)).toBe(written);
  });

  test('[R6] writing a code and comparing it go together', () => {
    const code = fc.stringMatching(/^[A-Z0-9]{2,7}$/);
    const vocabulary = fc.constantFrom('ICD9CM', 'ICD9Proc', 'ICD10CM', 'ICD10PCS', 'ICD10', 'ICD10GM');
    fc.assert(
      fc.property(vocabulary, code, (system, text) => {
        const written = writtenCode(system, text);
        expect(isDotless(system)).toBe(true);
        expect(normalizeCode(system, written)).toBe(text);
        expect(writtenCode(system, written)).toBe(written);
        expect(written).toMatch(/^[A-Z0-9]+(?:\.[A-Z0-9]+)?$/);
      }),
    );
  });
});
