import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayNumber } from '../base/index.ts';
import { type Dated, joinEpisodes } from './episodes.ts';
import { type exposure, used } from './uses.test-support.ts';

const end = dayNumber('2014-12-31');
const rules = { gap: 30, carryOver: false, end };

/** A supply from a day on. */
function supply(first: number, days: number, source = `${first}/${days}`): Dated {
  const use = used({ start: '2014-01-01', daysSupply: days, source });
  return { use, first, last: first + days - 1 };
}

const supplies = fc.array(fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 40 })), {
  maxLength: 8,
});
const gap = fc.integer({ min: 0, max: 40 });

describe('episodes', () => {
  const of = (carryOver: boolean, ...days: readonly (readonly [number, number])[]) =>
    joinEpisodes(
      days.map(([first, length]) => supply(first, length)),
      { ...rules, carryOver },
    ).map(({ first, last }) => [first, last]);

  test('[R33] are joined where at most the gap lies between', () => {
    expect(of(false, [0, 30], [60, 30])).toEqual([[0, 89]]); // 30 days without: 30 to 59
    expect(of(false, [0, 30], [61, 30])).toEqual([
      [0, 29],
      [61, 90],
    ]);
    expect(joinEpisodes([supply(0, 30), supply(40, 5)], rules)[0]?.gaps).toEqual([{ first: 30, last: 39 }]);
  });

  test('[R34] use an overlap once, or after what was left', () => {
    expect(of(false, [0, 30], [20, 30])).toEqual([[0, 49]]);
    expect(of(true, [0, 30], [20, 30])).toEqual([[0, 59]]);
    expect(of(true, [0, 10], [0, 10], [0, 10], [61, 1])).toEqual([
      [0, 29],
      [61, 61],
    ]);
    const stopped = { use: used({ start: '2014-01-05', stop: '2014-01-09' }), first: 5, last: 9 };
    expect(joinEpisodes([supply(0, 30), stopped], { ...rules, carryOver: true })[0]?.last).toBe(29);
  });

  test('[R35] go on where the gap after them was not seen whole, unless they were stopped', () => {
    const ongoing = (dated: Dated) => joinEpisodes([dated], rules)[0]?.ongoing;
    expect(ongoing(supply(end - 60, 31))).toBe(true); // used up 30 days before the end
    expect(ongoing(supply(end - 60, 30))).toBe(false);
    const stopped = used({ start: '2014-11-01', stop: '2014-12-20' });
    expect(ongoing({ use: stopped, first: end - 60, last: end - 11 })).toBe(false);
    expect(ongoing({ use: stopped, first: end - 60, last: end })).toBe(true);
  });

  test('[R33] are the same in whatever order their uses come', () => {
    fc.assert(
      fc.property(supplies, gap, fc.boolean(), fc.nat(), (days, most, carryOver, turn) => {
        const all = days.map(([first, length], at) => supply(first, length, `row/${at}`));
        const other = all.toSorted((a, b) => ((a.first * 31 + turn) % 7) - ((b.first * 31 + turn) % 7)).reverse();
        const shape = (dated: readonly Dated[]) =>
          joinEpisodes(dated, { gap: most, carryOver, end }).map(({ first, last, gaps, spans }) => [
            first,
            last,
            gaps,
            spans.map((span) => span.use.exposure.source).sort(),
          ]);
        expect(shape(other)).toEqual(shape(all));
      }),
    );
  });

  test('[R33][R34] agree with a calendar that is filled day by day', () => {
    fc.assert(
      fc.property(supplies, gap, fc.boolean(), (days, most, carryOver) => {
        const found = joinEpisodes(
          days.map(([first, length], at) => supply(first, length, `row/${at}`)),
          { gap: most, carryOver, end },
        );
        expect(found.map(({ first, last }) => [first, last])).toEqual(naive(days, most, carryOver));
      }),
    );
  });
});

/** Takes the drug each day that there is some; then looks for so many empty days in a row. */
function naive(days: readonly (readonly [number, number])[], gapDays: number, carryOver: boolean): number[][] {
  const taken = new Set<number>();
  let stock = 0;
  for (let day = 0; day <= 600; day++) {
    for (const [first, length] of days) {
      if (first === day) stock += length;
      if (!carryOver && day >= first && day < first + length) taken.add(day);
    }
    if (carryOver && stock > 0) {
      taken.add(day);
      stock -= 1;
    }
  }
  const episodes: number[][] = [];
  let empty = Number.POSITIVE_INFINITY;
  for (let day = 0; day <= 600; day++) {
    if (!taken.has(day)) empty += 1;
    else {
      if (empty > gapDays) episodes.push([day, day]);
      else episodes.at(-1)?.splice(1, 1, day);
      empty = 0;
    }
  }
  return episodes;
}

describe('a use', () => {
  const lasts = (known: Parameters<typeof exposure>[0], ...more: [number?, boolean?]) => {
    const { endBy, ...use } = used({ start: '2014-03-01', ...known }, ...more);
    return [endBy, 'length' in use ? use.length : [use.last.min - use.first.min, use.last.max - use.first.min]];
  };

  test('[R30] lasts to its stop, else by supply, amount, rule, else a day', () => {
    expect(lasts({ stop: '2014-03-10', daysSupply: 30 })).toEqual(['stop', [9, 9]]);
    expect(lasts({ stop: '2014-03' })).toEqual(['stop', [0, 30]]);
    expect(lasts({ stop: '2013', daysSupply: 30 })).toEqual(['one-day', 1]);
    expect(lasts({ daysSupply: 30, amount: 100, amountUnit: 'mg', dose: 1, doseUnit: 'mg', timesPerDay: 1 })).toEqual([
      'supply',
      30,
    ]);
    const amount = { amount: 30, amountUnit: 'TABLET', dose: 2, doseUnit: 'tablet', timesPerDay: 2 };
    expect(lasts(amount)).toEqual(['amount', 8]);
    expect(lasts({ ...amount, amountUnit: 'g' }, 28)).toEqual(['rule', 28]);
    expect(lasts({ ...amount, timesPerDay: null })).toEqual(['one-day', 1]);
    expect(lasts({ kind: 'administration' }, 28)).toEqual(['one-day', 1]);
    expect(lasts({ daysSupply: 0 }, 28)).toEqual(['rule', 28]);
  });

  test('[R31] is as long as the refills of its order only where they count', () => {
    expect(lasts({ kind: 'order', daysSupply: 30, refills: 2 })).toEqual(['supply', 30]);
    expect(lasts({ kind: 'order', daysSupply: 30, refills: 2 }, undefined, true)).toEqual(['supply', 90]);
    expect(lasts({ kind: 'dispense', daysSupply: 30, refills: 2 }, undefined, true)).toEqual(['supply', 30]);
  });

  test('[R32] that a reviewer stated without a stop may end on any day of the period', () => {
    expect(lasts({ kind: 'abstracted' })).toEqual(['unknown', [0, 305]]);
    expect(lasts({ kind: 'abstracted', ongoing: true } as never)).toEqual(['end-of-period', [305, 305]]);
  });
});
