import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkPrinted } from './check-printed.ts';
import { type Finding, type PrintedGroup, printedSchema } from './printed.ts';
import { roundsTo } from './rounding.ts';

const columns = { clear: 4, 'not clear': 6 };

function findings(group: PrintedGroup): Finding[] {
  return checkPrinted(printedSchema.parse({ tables: [{ id: 't', columns, n: 10, groups: [group] }] }));
}

const row = (label: string, clear: number, not: number, total = clear + not, percent?: string) => ({
  label,
  counts: { clear, 'not clear': not },
  total,
  ...(percent === undefined ? {} : { percent }),
});

describe('tables', () => {
  test('a table that adds up has no findings', () => {
    const rows = [row('Women', 3, 4, 7, '70'), row('Men', 1, 2, 3, '30')];
    expect(findings({ label: 'Sex', kind: 'partition', rows })).toEqual([]);
  });

  test('[R1] the counts of a row add up to its total', () => {
    const found = findings({ label: 'Sex', kind: 'some', rows: [row('Women', 3, 4, 8)] });
    expect(found).toEqual([{ rule: 'R1', where: 't / Sex / Women', why: '3 + 4 = 7, not 8' }]);
  });

  test('[R2] a percentage is the rounded share', () => {
    const found = findings({ label: 'Sex', kind: 'some', rows: [row('Women', 3, 4, 7, '71')] });
    expect(found.map((one) => one.rule)).toEqual(['R2']);
    expect(found[0]?.why).toBe('7 / 10 is 70.00 %, which does not round to 71 %');
  });

  test('[R3] the rows of a partition add up in each column', () => {
    const found = findings({ label: 'Sex', kind: 'partition', rows: [row('Women', 3, 4), row('Men', 1, 1)] });
    expect(found.map((one) => one.where)).toEqual(['t / Sex / not clear', 't / Sex / total']);
    expect(found[0]).toMatchObject({ rule: 'R3', why: '4 + 1 = 5, but the column has 6' });
  });

  test('[R4] rows that overlap must still cover everybody when one of them is "none"', () => {
    const rows = [row('Steroid', 2, 2), row('Light', 1, 1), row('None', 1, 2)];
    const found = findings({ label: 'Also used', kind: 'overlapping', none: 'None', rows });
    expect(found.map((one) => [one.rule, one.where])).toEqual([
      ['R4', 't / Also used / not clear'],
      ['R4', 't / Also used / total'],
    ]);
  });

  test('[R5] a count fits its column, also together with "none"', () => {
    expect(findings({ label: 'Sex', kind: 'some', rows: [row('Women', 5, 4)] })).toMatchObject([{ rule: 'R5' }]);
    const rows = [row('Steroid', 2, 5), row('None', 2, 2)];
    const found = findings({ label: 'Also used', kind: 'overlapping', none: 'None', rows });
    expect(found.map((one) => one.where)).toEqual(['t / Also used / not clear', 't / Also used / total']);
  });
});

describe('text', () => {
  const summary = { id: 's', mean: '3.4', min: 1, max: 9, n: 10 };

  test('[R6] a mean lies in its range', () => {
    expect(checkPrinted(printedSchema.parse({ summaries: [summary] }))).toEqual([]);
    expect(checkPrinted(printedSchema.parse({ summaries: [{ ...summary, min: 4 }] }))).toMatchObject([{ rule: 'R6' }]);
  });

  test('[R7] a mean of whole numbers is a multiple of 1/n', () => {
    // The example of Brown and Heathers: 5.19 cannot be the mean of 28 whole numbers.
    const grim = { ...summary, mean: '5.19', n: 28, integers: true };
    expect(checkPrinted(printedSchema.parse({ summaries: [grim] }))).toMatchObject([{ rule: 'R7' }]);
    expect(checkPrinted(printedSchema.parse({ summaries: [{ ...grim, mean: '5.18' }] }))).toEqual([]);
  });

  test('[R8] a percentage in the text is the rounded share', () => {
    const said = (percent: string) =>
      checkPrinted(printedSchema.parse({ statements: [{ id: 'x', n: 1, of: 8, percent }] }));
    expect(said('12.5')).toEqual([]);
    expect([said('12'), said('13')]).toEqual([[], []]);
    expect(said('14')).toMatchObject([{ rule: 'R8', where: 'x / percent' }]);
  });

  test('[R9] a breakdown agrees with the rows that it takes apart', () => {
    const rows = [row('Steroid', 2, 3), row('Light', 1, 2), row('None', 2, 3)];
    const table = {
      id: 't',
      columns,
      n: 10,
      groups: [{ label: 'Also used', kind: 'overlapping', none: 'None', rows }],
    };
    const base = { id: 'b', table: 't', group: 'Also used', columns: ['not clear'], first: 'Steroid', second: 'Light' };
    const check = (parts: object) =>
      checkPrinted(printedSchema.parse({ tables: [table], breakdowns: [{ ...base, ...parts }] }));
    expect(check({ both: 2, onlyFirst: 1, onlySecond: 0, neither: 3 })).toEqual([]);
    expect(check({ both: 2, onlyFirst: 0, onlySecond: 1, neither: 3 }).map((one) => one.rule)).toEqual(['R9', 'R9']);
    expect(check({ both: 2, onlyFirst: 1, onlySecond: 0, neither: 4 })).toMatchObject([
      { why: expect.stringContaining('7') },
    ]);
  });
});

test('[R2] whatever is rounded to the nearest passes, at any number of decimals', () => {
  const counts = fc.tuple(fc.nat(999), fc.integer({ min: 1, max: 999 }), fc.nat(3));
  fc.assert(
    fc.property(counts, ([n, of, decimals]) => {
      const scale = 10 ** decimals;
      const nearest = Math.round((n * 100 * scale) / of) / scale;
      expect(roundsTo(nearest.toFixed(decimals), n * 100, of)).toBe(true);
      expect(roundsTo((nearest + 1.01 / scale).toFixed(decimals), n * 100, of)).toBe(false);
    }),
  );
});
