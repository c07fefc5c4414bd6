import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sensitivityOf } from './sensitivity.ts';

test('[R141] the share of the sample is weighted by all whom no arm found', () => {
  const share = { estimate: 2 / 100, low: 0.00243, high: 0.07038 };
  const { missed, sensitivity } = sensitivityOf({ population: 5000, read: 100, cases: 2, found: 300 }, share);
  expect(missed.estimate).toBeCloseTo(100, 9);
  expect(missed.low).toBeCloseTo(12.15, 9);
  expect(missed.high).toBeCloseTo(351.9, 9);
  expect(sensitivity.estimate).toBeCloseTo(0.75, 9);
  expect(sensitivity.low).toBeCloseTo(300 / 651.9, 9);
  expect(sensitivity.high).toBeCloseTo(300 / 312.15, 9);
});

test('[R141] nothing is told where nobody was read, or where there is no case at all', () => {
  const nothing = { estimate: null, low: null, high: null };
  expect(sensitivityOf({ population: 5, read: 0, cases: 0, found: 3 }, nothing)).toEqual({
    missed: nothing,
    sensitivity: nothing,
  });
  const none = sensitivityOf({ population: 50, read: 50, cases: 0, found: 0 }, { estimate: 0, low: 0, high: 0.07 });
  expect(none).toEqual({ missed: { estimate: 0, low: 0, high: 0 }, sensitivity: nothing });
});

test('[R141] the limits hold what was seen, and a sample of all leaves no doubt', () => {
  const counts = fc
    .record({
      others: fc.nat(2000),
      cases: fc.nat(50),
      none: fc.nat(50),
      found: fc.nat(500),
      low: fc.float({ min: 0, max: 1, noNaN: true }),
      high: fc.float({ min: 0, max: 1, noNaN: true }),
    })
    .filter(({ cases, none }) => cases + none > 0);
  fc.assert(
    fc.property(counts, ({ others, cases, none, found, low, high }) => {
      const read = cases + none;
      const estimate = cases / read;
      const share = { estimate, low: low * estimate, high: estimate + high * (1 - estimate) };
      const { missed, sensitivity } = sensitivityOf({ population: read + others, read, cases, found }, share);
      const values = [cases, missed.low, missed.estimate, missed.high, cases + others].map(Number);
      for (const [at, value] of values.slice(1).entries())
        expect(value).toBeGreaterThanOrEqual((values[at] ?? 0) - 1e-9);
      if (others === 0) expect(missed).toEqual({ estimate: cases, low: cases, high: cases });
      if (sensitivity.low !== null) expect(sensitivity.low).toBeLessThanOrEqual(Number(sensitivity.high) + 1e-9);
    }),
  );
});
