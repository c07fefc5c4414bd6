import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayNumber, dayOfNumber } from '../../base/index.ts';
import { binsOf } from './timeline-bins.ts';

test('[R62] days become stretches of one width, the last one cut at the end', () => {
  const days = [
    { day: '2015-01-01', rows: 2 },
    { day: '2015-01-03', rows: 1 },
    { day: '2015-01-10', rows: 5 },
    { day: '2015-01-11', rows: 9 },
  ];
  expect(binsOf(days, '2015-01-01', '2015-01-10', 4)).toEqual([
    { from: '2015-01-01', to: '2015-01-03', items: 3 },
    { from: '2015-01-10', to: '2015-01-10', items: 5 },
  ]);
});

test('[R62] nothing of the stretch is lost or counted twice, whatever the days', () => {
  const day = fc.integer({ min: 15_000, max: 16_000 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(day, fc.integer({ min: 1, max: 9 })), { maxLength: 60 }),
      day,
      fc.integer({ min: 0, max: 900 }),
      fc.integer({ min: 1, max: 120 }),
      (given, start, length, most) => {
        const [from, to] = [dayOfNumber(start), dayOfNumber(start + length)];
        const days = given.map(([at, rows]) => ({ day: dayOfNumber(at), rows }));
        const bins = binsOf(days, from, to, most);
        const within = given.filter(([at]) => at >= start && at <= start + length);
        expect(bins.reduce((sum, { items }) => sum + items, 0)).toBe(within.reduce((sum, [, rows]) => sum + rows, 0));
        expect(bins.length).toBeLessThanOrEqual(most);
        const edges = bins.flatMap((bin) => [dayNumber(bin.from), dayNumber(bin.to) + 0.5]);
        expect(edges).toEqual(edges.toSorted((a, b) => a - b));
      },
    ),
  );
});
