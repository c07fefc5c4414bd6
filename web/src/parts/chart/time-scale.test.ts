import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DayWindow, dayNumberOf, dayOf, panned, positionOf, wholeWindow, zoomed } from './time-scale.ts';

test('days are counted and written', () => {
  expect(dayNumberOf('1970-01-02')).toBe(1);
  expect(dayOf(dayNumberOf('2016-02-29'))).toBe('2016-02-29');
  expect(wholeWindow(null, null)).toBeUndefined();
  expect(wholeWindow('2015-01-01', '2015-01-01')).toEqual({ from: 16436 - 15, to: 16436 + 15 });
});

test('closer keeps the day that is looked at where it stands', () => {
  const whole = { from: 0, to: 1000 };
  const near = zoomed(whole, whole, 0.5, 250);
  expect(near).toEqual({ from: 125, to: 625 });
  expect(positionOf(250, near, 100)).toBe(positionOf(250, whole, 100));
});

test('it stops at the ends', () => {
  const whole = { from: 0, to: 1000 };
  expect(panned({ from: 900, to: 1000 }, whole, 0.5)).toEqual({ from: 900, to: 1000 });
  expect(panned({ from: 100, to: 200 }, whole, -0.5)).toEqual({ from: 50, to: 150 });
  expect(zoomed({ from: 100, to: 130 }, whole, 0.5)).toEqual({ from: 100, to: 130 });
});

test('whatever is done, the window lies within the whole', () => {
  const share = fc.double({ min: -3, max: 3, noNaN: true });
  const factor = fc.double({ min: 0.1, max: 10, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.boolean(), share, factor)),
      fc.integer({ min: 30, max: 9000 }),
      (steps, length) => {
        const whole: DayWindow = { from: 0, to: length };
        let window = whole;
        for (const [zooms, by, times] of steps) {
          window = zooms ? zoomed(window, whole, times) : panned(window, whole, by);
          expect(window.from).toBeGreaterThanOrEqual(0);
          expect(window.to).toBeLessThanOrEqual(length);
          expect(window.to - window.from).toBeGreaterThanOrEqual(30);
        }
      },
    ),
  );
});
