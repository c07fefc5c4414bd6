import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { armOverlaps, chapmanMissed, missedByAll } from './arms.ts';

describe('arms', () => {
  const candidates = [
    { arms: ['codes'] },
    { arms: ['codes', 'pharmacy'] },
    { arms: ['codes', 'pharmacy'] },
    { arms: ['pharmacy'] },
  ];

  test('[R12] a person found twice is one', () => {
    expect(armOverlaps(candidates)).toEqual([
      { arms: ['codes', 'pharmacy'], n: 2 },
      { arms: ['codes'], n: 1 },
      { arms: ['pharmacy'], n: 1 },
    ]);
  });

  test('[R12] what both missed, by hand', () => {
    // 11 marked, 9 caught, 4 of them marked: (12 x 10) / 5 - 1 = 23 in all, 16 seen.
    expect(chapmanMissed(11, 9, 4)).toBe(7);
    expect(chapmanMissed(5, 5, 5)).toBe(0);
  });

  test('[R12] overlaps: every candidate in one combination, the largest first', () => {
    const found = fc.array(fc.record({ arms: fc.subarray(['codes', 'pharmacy', 'notes'], { minLength: 1 }) }));
    fc.assert(
      fc.property(found, (all) => {
        const overlaps = armOverlaps(all);
        for (const { arms, n } of overlaps)
          expect(n).toBe(all.filter((one) => String(one.arms) === String(arms)).length);
        expect(overlaps.reduce((sum, { n }) => sum + n, 0)).toBe(all.length);
        expect(overlaps.map(({ n }) => n)).toEqual(overlaps.map(({ n }) => n).sort((a, b) => b - a));
      }),
    );
  });

  test('[R12] of arms that find independently, the estimate is right on average', () => {
    // Chapman's estimate has no bias where a + b reaches N: weighted by how likely each overlap is, it gives N.
    const sizes = fc
      .tuple(fc.integer({ min: 1, max: 40 }), fc.nat(40), fc.nat(40))
      .filter(([all, a, b]) => a <= all && b <= all && a + b >= all);
    fc.assert(
      fc.property(sizes, ([all, a, b]) => {
        let mean = 0;
        for (let both = a + b - all; both <= Math.min(a, b); both += 1) {
          const likely = (choose(a, both) * choose(all - a, b - both)) / choose(all, b);
          mean += likely * (chapmanMissed(a, b, both) + (a + b - both));
        }
        expect(mean).toBeCloseTo(all, 6);
      }),
    );
  });
});

const anybody = fc.array(fc.record({ arms: fc.subarray(['a', 'b', 'c'], { minLength: 1 }) }), { maxLength: 60 });

describe('the number missed by all arms', () => {
  test('[R96] of two arms is one estimate, of three one each, of a single arm none', () => {
    const found = [{ arms: ['a'] }, { arms: ['b'] }, { arms: ['a', 'b'] }, { arms: ['c'] }];
    expect(missedByAll(['a'], found)).toEqual([]);
    expect(missedByAll(['a', 'b'], found.slice(0, 3))).toMatchObject([
      { arm: 'a', others: ['b'], a: 2, b: 2, both: 1 },
    ]);
    expect(missedByAll(['a', 'b', 'c'], found).map(({ arm, a, b, both }) => [arm, a, b, both])).toEqual([
      ['a', 2, 3, 1],
      ['b', 2, 3, 1],
      ['c', 1, 3, 0],
    ]);
  });

  test('[R96] has the interval that follows from its variance', () => {
    // By hand: a = 19, b = 15, both = 3: 48 missed, variance 20 x 16 x 16 x 12 / (16 x 5) = 768.
    const found = [...times(16, ['a']), ...times(12, ['b']), ...times(3, ['a', 'b'])];
    const [estimate] = missedByAll(['a', 'b'], found);
    expect(estimate?.missed).toBe(48);
    const factor = Math.exp(1.959963984540054 * Math.sqrt(Math.log(1 + 768 / 48 ** 2)));
    expect(estimate?.interval?.low).toBeCloseTo(48 / factor, 9);
    expect(estimate?.interval?.high).toBeCloseTo(48 * factor, 9);
  });

  test('[R96] has no interval where one way found all whom the other found', () => {
    expect(missedByAll(['a', 'b'], [...times(4, ['a', 'b']), ...times(3, ['a'])])[0]?.interval).toBeUndefined();
    expect(missedByAll(['a', 'b'], [])[0]).toMatchObject({ missed: 0 });
  });

  test('[R96] lies in its interval, which holds nobody negative', () => {
    fc.assert(
      fc.property(anybody, (found) => {
        for (const { missed, interval } of missedByAll(['a', 'b', 'c'], found)) {
          expect(missed).toBeGreaterThanOrEqual(-1e-9);
          if (!interval) continue;
          expect(interval.low).toBeGreaterThan(0);
          expect(interval.low).toBeLessThanOrEqual(missed);
          expect(interval.high).toBeGreaterThanOrEqual(missed);
        }
      }),
    );
  });
});

function times(n: number, arms: readonly string[]): { readonly arms: readonly string[] }[] {
  return Array.from({ length: n }, () => ({ arms }));
}

/** In how many ways `k` of `n` can be chosen. */
function choose(n: number, k: number): number {
  let ways = 1;
  for (let at = 1; at <= k; at += 1) ways = (ways * (n - k + at)) / at;
  return ways;
}
