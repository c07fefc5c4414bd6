import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quantile } from './quantile.ts';
import { fixed, short, summarize } from './rounding.ts';
import { statisticText } from './statistic-text.ts';

describe('rounding', () => {
  test.each([
    [2.25, 1, '2.3'],
    [2.35, 1, '2.4'], // 2.35 is 2.35000000000000008 in binary
    [1.005, 2, '1.01'], // 1.005 is 1.00499999999999989
    [0.5, 0, '1'],
    [1.5, 0, '2'],
    [2.5, 0, '3'], // R and Python print 2: they round half to even
    [-2.5, 0, '-3'],
    [-0.04, 1, '0.0'],
    [(17 / 28) * 100, 0, '61'],
    [12.5, 0, '13'],
    [3, 2, '3.00'],
    [0.1 + 0.2, 1, '0.3'],
  ])('[R3] %d to %d digits is %s', (value, digits, text) => {
    expect(fixed(value, digits)).toBe(text);
  });

  test('[R3] a half goes away from zero, at every number of digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.integer({ min: 0, max: 4 }), (whole, digits) => {
        const half = whole + (whole < 0 ? -0.5 : 0.5);
        const away = BigInt(whole) + (whole < 0 ? -1n : 1n);
        expect(fixed(half / 10 ** digits, digits)).toBe(decimal(away, digits));
      }),
    );
  });

  test('[R3] is never further off than half a unit, and odd about zero', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(value, fc.integer({ min: 0, max: 4 }), (number, digits) => {
        const text = fixed(number, digits);
        expect(Math.abs(Number(text) - number)).toBeLessThanOrEqual(0.5 / 10 ** digits + 1e-6);
        expect(Number(fixed(-number, digits)) + Number(text)).toBe(0);
      }),
    );
  });

  test('[R3] a range is printed without zeros at its ends', () => {
    expect([short(24, 1), short(0.3, 1), short(60.04, 1)]).toEqual(['24', '0.3', '60']);
  });
});

/** A whole number with its point before the last digits. */
function decimal(scaled: bigint, digits: number): string {
  const text = String(scaled < 0n ? -scaled : scaled).padStart(digits + 1, '0');
  const point = text.length - digits;
  return `${scaled < 0n ? '-' : ''}${text.slice(0, point)}${digits > 0 ? `.${text.slice(point)}` : ''}`;
}

describe('a summary', () => {
  // R 4.2.2: x <- c(34, 61, 47, 52, 70.5, 18, 29.25); mean(x); sd(x); median(x); range(x); quantile(x, c(.25, .75))
  const odd = [34, 61, 47, 52, 70.5, 18, 29.25];
  // R 4.2.2: x <- c(0.1, 0.2, 0.3, 0.7); the same
  const even = [0.1, 0.2, 0.3, 0.7];

  test('[R4] is what R gives', () => {
    expect(summarize(odd)).toEqual({ n: 7, mean: 44.5357142857, sd: 18.5103735395, median: 47, min: 18, max: 70.5 });
    expect(summarize(even)).toEqual({ n: 4, mean: 0.325, sd: 0.262995563968, median: 0.25, min: 0.1, max: 0.7 });
    expect(
      [0.25, 0.75].map((share) =>
        quantile(
          odd.toSorted((a, b) => a - b),
          share,
        ),
      ),
    ).toEqual([31.625, 56.5]);
    expect([0.25, 0.75].map((share) => fixed(quantile(even, share), 3))).toEqual(['0.175', '0.400']);
  });

  test('[R4] of one has no standard deviation, of none nothing', () => {
    expect(summarize([5])).toEqual({ n: 1, mean: 5, sd: null, median: 5, min: 5, max: 5 });
    expect(summarize([])).toEqual({ n: 0, mean: null, sd: null, median: null, min: null, max: null });
  });

  test('[R4] the order of the values does not matter', () => {
    const values = fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), { minLength: 1, maxLength: 20 });
    const shuffled = values.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        expect(summarize(other)).toEqual(summarize(list));
      }),
    );
  });

  test.each([
    ['n', '7'],
    ['mean', '44.5'],
    ['sd', '18.5'],
    ['median', '47.0'],
    ['range', '18–70.5'],
    ['mean-range', '44.5 (18–70.5)'],
    ['mean-sd', '44.5 (18.5)'],
    ['median-iqr', '47.0 (31.6–56.5)'],
  ] as const)('[R4] %s is printed as %s', (kind, text) => {
    expect(statisticText(odd, kind, 1)).toBe(text);
  });

  test('[R4] where there is nothing, nothing is printed', () => {
    expect(statisticText([], 'mean-sd', 1)).toBe('');
    expect(statisticText([], 'n', 1)).toBe('0');
    expect(statisticText([5], 'sd', 1)).toBe('');
    expect(statisticText([5], 'mean-sd', 1)).toBe('5.0');
  });
});
