import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  dayRange,
  daysBetween,
  isBefore,
  monthsBetween,
  type PartialDate,
  parsePartialDate,
  yearsBetween,
} from './partial-date.ts';

/** Every day that a partial date may mean, counted from 1970, found by trying the days one by one. */
function daysOf(text: string): number[] {
  const first = Date.UTC(Number(text.slice(0, 4)), 0, 1) / 86_400_000;
  return Array.from({ length: 366 }, (_, at) => first + at).filter((day) => isoOf(day).startsWith(text));
}

function isoOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

function dateOf(text: string): PartialDate {
  const date = parsePartialDate(text);
  if (date === undefined) throw new Error(`no date: ${text}`);
  return date;
}

const day = fc.integer({ min: -26_000, max: 47_000 }).map(isoOf);
const text = fc.tuple(day, fc.constantFrom(4, 7, 10)).map(([iso, digits]) => iso.slice(0, digits));
/** Two dates that are often near each other, so that their days overlap. */
const pair = fc.oneof(
  fc.tuple(text, text),
  fc
    .tuple(
      fc.integer({ min: -26_000, max: 47_000 }),
      fc.integer({ min: -70, max: 70 }),
      fc.constantFrom(4, 7, 10),
      fc.constantFrom(4, 7, 10),
    )
    .map(([from, apart, a, b]): [string, string] => [isoOf(from).slice(0, a), isoOf(from + apart).slice(0, b)]),
);

describe('parsePartialDate', () => {
  test.each([
    '2012',
    '2012-03',
    '2012-03-05',
    '2012-02-29',
    '2000-02-29',
    '0001-01-01',
    '2012-03-05T10:00',
    '2012-03-05T23:59:60Z',
    '2012-03-05T10:00:00.123-05:00',
    '2012-03-05T10:00:00+14:00',
  ])('%s is a date', (written) => {
    expect(parsePartialDate(written)).toBe(written);
  });

  test.each([
    '',
    '12',
    '0000',
    '0000-01-01',
    '2012-3',
    '2012-13',
    '2012-00',
    '2012-02-30',
    '2013-02-29',
    '1900-02-29',
    '2012-04-31',
    '2012-03-05T10',
    '2012-03T10:00',
    '2012-03-05T24:00',
    '2012-03-05T10:60',
    '2012-03-05T10:00:61',
    '2012-03-05T10:00:00+14:01',
    '2012-03-05T10:00:00+05:60',
    '05.03.2012',
    '2012-03-05 ',
    '2012-03-05\n',
  ])('%j is none', (written) => {
    expect(parsePartialDate(written)).toBeUndefined();
  });

  test('of the days of a calendar it knows just those that there are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9999 }),
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 0, max: 32 }),
        (year, month, dayOfMonth) => {
          const pad = (number: number, digits: number) => String(number).padStart(digits, '0');
          const written = `${pad(year, 4)}-${pad(month, 2)}-${pad(dayOfMonth, 2)}`;
          const time = Date.parse(`${written}T00:00:00Z`);
          const exists = !Number.isNaN(time) && new Date(time).toISOString().startsWith(written);
          expect(parsePartialDate(written) !== undefined).toBe(exists);
        },
      ),
    );
  });
});

describe('what a partial date may mean', () => {
  test('the last day of a month and of a leap year', () => {
    expect(dayRange(dateOf('2012-02'))).toEqual({ earliest: '2012-02-01', latest: '2012-02-29' });
    expect(dayRange(dateOf('1900-02'))).toEqual({ earliest: '1900-02-01', latest: '1900-02-28' });
    expect(dayRange(dateOf('2013-12'))).toEqual({ earliest: '2013-12-01', latest: '2013-12-31' });
    expect(dayRange(dateOf('2012'))).toEqual({ earliest: '2012-01-01', latest: '2012-12-31' });
  });

  test('an instant means the day that stands in it, whatever its time zone', () => {
    expect(dayRange(dateOf('2012-03-05T23:30:00-05:00'))).toEqual({ earliest: '2012-03-05', latest: '2012-03-05' });
  });

  test('is what trying every day finds', () => {
    fc.assert(
      fc.property(text, (written) => {
        const days = daysOf(written);
        expect(dayRange(dateOf(written))).toEqual({
          earliest: isoOf(Math.min(...days)),
          latest: isoOf(Math.max(...days)),
        });
      }),
    );
  });
});

describe('two partial dates', () => {
  test('one is before the other where every day is, not before where no day is, else it cannot be told', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const [left, right] = [daysOf(a), daysOf(b)];
        const every = Math.max(...left) < Math.min(...right);
        const some = Math.min(...left) < Math.max(...right);
        expect(isBefore(dateOf(a), dateOf(b))).toBe(every ? true : some ? undefined : false);
      }),
      { numRuns: 500 },
    );
  });

  test('no date is before itself for certain', () => {
    expect(isBefore(dateOf('2012-03-05'), dateOf('2012-03-05'))).toBe(false);
    expect(isBefore(dateOf('2012-03'), dateOf('2012-03'))).toBeUndefined();
    expect(isBefore(dateOf('2012'), dateOf('2012-01-01'))).toBe(false);
    expect(isBefore(dateOf('2012-01-01'), dateOf('2012'))).toBeUndefined();
  });

  test('days between are the least and the most that any two days have', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const [left, right] = [daysOf(a), daysOf(b)];
        const range = daysBetween(dateOf(a), dateOf(b));
        expect(range).toEqual({
          min: Math.min(...right) - Math.max(...left),
          max: Math.max(...right) - Math.min(...left),
        });
        const months = monthsBetween(dateOf(a), dateOf(b));
        expect(months.min).toBeCloseTo(range.min / 30.4375, 9);
        expect(months.max).toBeCloseTo(range.max / 30.4375, 9);
      }),
      { numRuns: 500 },
    );
  });

  test('completed years count birthdays', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const births = daysOf(a).filter((_, at, all) => at % 29 === 0 || at === all.length - 1);
        const later = daysOf(b).filter((_, at, all) => at % 29 === 0 || at === all.length - 1);
        const ages = births.flatMap((from) => later.map((to) => age(isoOf(from), isoOf(to))));
        expect(yearsBetween(dateOf(a), dateOf(b))).toEqual({ min: Math.min(...ages), max: Math.max(...ages) });
      }),
      { numRuns: 200 },
    );
  });

  test('who is born on 29 February is a year older on 1 March of other years', () => {
    const born = dateOf('2000-02-29');
    expect(yearsBetween(born, dateOf('2013-02-28')).min).toBe(12);
    expect(yearsBetween(born, dateOf('2013-03-01')).min).toBe(13);
    expect(yearsBetween(born, dateOf('2012-02-29')).min).toBe(12);
  });
});

/** Birthdays that have passed, counted one by one. */
function age(from: string, to: string): number {
  let years = Number(to.slice(0, 4)) - Number(from.slice(0, 4)) - 2;
  while (`${String(Number(from.slice(0, 4)) + years + 1).padStart(4, '0')}${from.slice(4)}` <= to) years++;
  return years;
}
