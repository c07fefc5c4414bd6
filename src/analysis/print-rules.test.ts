import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellFormats } from '../protocol/index.ts';
import { countText, PLAIN, percentText } from './print-rules.ts';
import { fixed } from './rounding.ts';

describe('a cell of counts', () => {
  const cell = { n: 14, N: 26, percent: (14 / 26) * 100 };

  test('[R41] prints what its format says', () => {
    expect(cellFormats.map((format) => countText(cell, format, PLAIN))).toEqual([
      '14',
      '14 (54%)',
      '14/26',
      '14/26 (54%)',
      '54%',
    ]);
  });

  test('[R41] of nobody has a dash for its percentage', () => {
    const none = { n: 0, N: 0, percent: null };
    expect(cellFormats.map((format) => countText(none, format, PLAIN))).toEqual(['0', '0 (–)', '0/0', '0/0 (–)', '–']);
  });
});

describe('rounding', () => {
  test.each([
    [0.5, 0, '0'],
    [1.5, 0, '2'],
    [2.5, 0, '2'],
    [3.5, 0, '4'],
    [-2.5, 0, '-2'],
    [2.25, 1, '2.2'],
    [2.35, 1, '2.4'],
    [1.005, 2, '1.00'],
    [12.5, 0, '12'],
    [12.51, 0, '13'],
  ])('[R43] half to even, %d to %d digits is %s', (value, digits, text) => {
    expect(fixed(value, digits, 'half-even')).toBe(text);
  });

  test('[R43] the two rules differ at halves alone, and there by one unit, to an even digit', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 100_000 }), fc.integer({ min: 0, max: 2 }), (eighth, digits) => {
        const value = eighth / 8 / 10 ** digits;
        const [up, even] = (['half-up', 'half-even'] as const).map((rule) => Number(fixed(value, digits, rule)));
        const isHalf = Math.abs(eighth % 8) === 4;
        if (!isHalf) expect(even).toBe(up);
        else expect(Math.abs(Math.round((even ?? 0) * 10 ** digits)) % 2).toBe(0);
      }),
    );
  });

  const told = { ...PLAIN, extremes: true };
  test.each([
    [0, 0, '0'],
    [0.4, 0, '<1'],
    [0.5, 0, '1'],
    [99.5, 0, '>99'],
    [99.4, 0, '99'],
    [100, 0, '100'],
    [0.04, 1, '<0.1'],
    [99.96, 1, '>99.9'],
  ])('[R43] %d %% to %d digits, extremes told, is %s', (percent, percentDigits, text) => {
    expect(percentText(percent, { ...told, percentDigits })).toBe(text);
  });
});
