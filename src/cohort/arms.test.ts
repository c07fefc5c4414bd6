import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { armOverlaps, chapmanMissed } from './arms.ts';

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

/** In how many ways `k` of `n` can be chosen. */
function choose(n: number, k: number): number {
  let ways = 1;
  for (let at = 1; at <= k; at += 1) ways = (ways * (n - k + at)) / at;
  return ways;
}
