import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type QuantileType, quantile } from './quantile.ts';

const types = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
const shares = [0.1, 0.25, 0.5, 0.75, 0.9];

/** R 4.6.0: quantile(x, c(.1, .25, .5, .75, .9), type = t), types 1 to 9. */
const ofR: readonly (readonly [string, readonly number[], readonly (readonly number[])[]])[] = [
  [
    'odd',
    [18, 29.25, 34, 47, 52, 61, 70.5],
    [
      [18, 29.25, 47, 61, 70.5],
      [18, 29.25, 47, 61, 70.5],
      [18, 29.25, 47, 52, 61],
      [18, 26.4375, 40.5, 54.25, 63.85],
      [20.25, 30.4375, 47, 58.75, 68.6],
      [18, 29.25, 47, 61, 70.5],
      [24.75, 31.625, 47, 56.5, 64.8],
      [18.75, 30.0416666666667, 47, 59.5, 69.8666666666667],
      [19.125, 30.140625, 47, 59.3125, 69.55],
    ],
  ],
  [
    'even',
    [0.1, 0.2, 0.3, 0.7],
    [
      [0.1, 0.1, 0.2, 0.3, 0.7],
      [0.1, 0.15, 0.25, 0.5, 0.7],
      [0.1, 0.1, 0.2, 0.3, 0.7],
      [0.1, 0.1, 0.2, 0.3, 0.54],
      [0.1, 0.15, 0.25, 0.5, 0.7],
      [0.1, 0.125, 0.25, 0.6, 0.7],
      [0.13, 0.175, 0.25, 0.4, 0.58],
      [0.1, 0.141666666666667, 0.25, 0.533333333333334, 0.7],
      [0.1, 0.14375, 0.25, 0.525, 0.7],
    ],
  ],
  [
    'with ties',
    [3, 3, 5, 8, 8, 8, 13, 21, 34, 55],
    [
      [3, 5, 8, 21, 34],
      [3, 5, 8, 21, 44.5],
      [3, 3, 8, 21, 34],
      [3, 4, 8, 17, 34],
      [3, 5, 8, 21, 44.5],
      [3, 4.5, 8, 24.25, 52.9],
      [3, 5.75, 8, 19, 36.1],
      [3, 4.83333333333333, 8, 22.0833333333333, 47.3],
      [3, 4.875, 8, 21.8125, 46.6],
    ],
  ],
];

describe.each(ofR)('of values %s', (_, values, expected) => {
  test.each(types)('[R44] type %i is what R gives', (type) => {
    for (const [at, share] of shares.entries())
      expect(quantile(values, share, type)).toBeCloseTo(expected[type - 1]?.[at] ?? Number.NaN, 10);
  });
});

const sample = fc
  .array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 30 })
  .map((values) => values.sort((a, b) => a - b));
const type = fc.constantFrom<QuantileType>(...types);
/** Shares that binary fractions hold exactly, so that the naive count below is exact. */
const eighths = fc.integer({ min: 0, max: 8 }).map((eighth) => eighth / 8);

describe('whatever the values', () => {
  test('[R44] type 1 is the first value up to which there are enough', () => {
    fc.assert(
      fc.property(sample, eighths, (values, share) => {
        const enough = values.find((_, at) => (at + 1) / values.length >= share);
        expect(quantile(values, share, 1)).toBe(enough);
      }),
    );
  });

  test('[R44] type 2 at a half, and type 7, are the median as it is taught', () => {
    fc.assert(
      fc.property(sample, (values) => {
        const middle = values.length / 2;
        const taught =
          values.length % 2 === 1
            ? (values[Math.floor(middle)] ?? 0)
            : ((values[middle - 1] ?? 0) + (values[middle] ?? 0)) / 2;
        for (const one of [2, 5, 6, 7, 8, 9] as const) expect(quantile(values, 0.5, one)).toBeCloseTo(taught, 9);
      }),
    );
  });

  test('[R44] a quantile lies among the values and does not fall with its share', () => {
    fc.assert(
      fc.property(sample, type, eighths, eighths, (values, one, a, b) => {
        const [low, high] = [quantile(values, Math.min(a, b), one), quantile(values, Math.max(a, b), one)];
        expect(low).toBeLessThanOrEqual(high + 1e-9);
        expect(low).toBeGreaterThanOrEqual((values[0] ?? 0) - 1e-9);
        expect(high).toBeLessThanOrEqual((values.at(-1) ?? 0) + 1e-9);
      }),
    );
  });

  test('[R44] of one value it is this, of none it is none', () => {
    for (const one of types) {
      expect(quantile([5], 0.25, one)).toBe(5);
      expect(quantile([], 0.25, one)).toBeNaN();
    }
  });
});
