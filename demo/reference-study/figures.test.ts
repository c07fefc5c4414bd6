import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { IncludedCase } from './cases.ts';
import { type Category, categories, categoryOf, months, monthsToResponse, table1, table2, table3 } from './counting.ts';
import { isMissing, PRINT_CONFLICTS_PATH, readCases } from './index.ts';

const PATH = new URL('published.json', import.meta.url);

interface Part {
  readonly row: string;
  readonly n: number;
  readonly percent: string;
}
interface Published {
  readonly flow: {
    readonly identified_by_search: number;
    readonly included: number;
    readonly excluded: readonly { readonly n: number }[];
  };
  readonly text: Readonly<Record<string, { readonly n: number; readonly of: number; readonly percent: number }>>;
  readonly table1: readonly {
    readonly row: string;
    readonly mean: number;
    readonly range: readonly [number, number];
    readonly n?: number;
  }[];
  readonly table2: {
    readonly groups: readonly {
      readonly group: string;
      readonly rows: readonly (readonly [string, ...(number | string | null)[]])[];
    }[];
  };
  readonly table3: { readonly rows: readonly (Part & { readonly of_which?: readonly Part[] })[] };
}
interface Conflict {
  readonly where: string;
  readonly printed: string | number;
}

const { included, screened_out, intravenous, refused } = readCases();
const published = JSON.parse(readFileSync(PATH, 'utf8')) as Published;
const conflicts = JSON.parse(readFileSync(PRINT_CONFLICTS_PATH, 'utf8')) as Conflict[];
const conflicting = new Set(conflicts.map(({ where }) => where));

const percentOf = (n: number, of: number): string => String(Math.round((100 * n) / of));
const count = (test: (one: IncludedCase) => boolean): number => included.filter(test).length;
const of = (category: Category) => included.filter((one) => categoryOf(one) === category);
const improved = included.filter((one) => ['CR', 'PR'].includes(categoryOf(one)));
const oneDecimal = (value: number): number => Math.round(value * 10) / 10;
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

test('the response of every case follows from its assessments', () => {
  expect(included.map((one) => [one.id, categoryOf(one)])).toEqual(included.map((one) => [one.id, one.response]));
});

test('the flow is the printed one', () => {
  const sum = included.length + screened_out.length + intravenous.length;
  const reasons = ['no-actd', 'intravenous', 'no-follow-up', 'not-as-prescribed'];
  const left = (reason: string) =>
    reason === 'intravenous' ? intravenous.length : screened_out.filter((one) => one.excluded === reason).length;
  expect(sum).toBe(published.flow.identified_by_search);
  expect(included.length).toBe(published.flow.included);
  expect(reasons.map(left)).toEqual(published.flow.excluded.map((one) => one.n));
  expect(refused.length).toBeGreaterThan(0);
});

test('every cell of Table 1 is the printed one', () => {
  const values = table1(included);
  const computed = published.table1.map(({ row, mean: printed }) => {
    const own = values[row] ?? [];
    const digits = Number.isInteger(printed) && printed > 100 ? Math.round : oneDecimal;
    return { row, mean: digits(mean(own)), range: [Math.min(...own), Math.max(...own)].map(oneDecimal), n: own.length };
  });
  const printed = published.table1.map(({ row, mean: average, range, n }) => ({
    row,
    mean: average,
    range,
    n: n ?? included.length,
  }));
  expect(computed).toEqual(printed);
});

test('every cell of Table 2 is the printed one, but for the conflicts in print', () => {
  const skipped: string[] = [];
  for (const { group, rows } of published.table2.groups) {
    for (const [row, ...printed] of rows) {
      const test = table2[`${group}/${row}`];
      if (!test) throw new Error(`no count of ${group}/${row}`);
      const cells: (number | string | null)[] = categories.map((category) => of(category).filter(test).length);
      const percent = group === 'Overall' ? null : percentOf(count(test), included.length);
      const where = `table2.groups[${group}].rows[${row}].percent`;
      const shown = conflicting.has(where) ? (printed.at(-1) ?? null) : percent;
      if (shown !== percent) skipped.push(where);
      expect([row, ...cells, count(test), shown]).toEqual([row, ...printed]);
    }
  }
  expect(skipped).toEqual(conflicts.map(({ where }) => where).filter((where) => where.endsWith('.percent')));
});

test('every cell of Table 3 is the printed one', () => {
  const rows = published.table3.rows.flatMap(({ row, n, percent, of_which = [] }) => [
    { row, n, percent },
    ...of_which.map((part) => ({ row: `${row}/${part.row}`, n: part.n, percent: part.percent })),
  ]);
  const computed = rows.map(({ row }) => {
    const n = count(table3[row] ?? (() => false));
    return { row, n, percent: percentOf(n, included.length) };
  });
  expect(computed).toEqual(rows);
  expect(Object.keys(table3).sort()).toEqual(rows.map(({ row }) => row).sort());
});

const stoppedWithinMonth = (one: IncludedCase): boolean =>
  !isMissing(one.treatment.stop_date) && months(one, one.treatment.stop_date) <= 1;
const alone = (one: IncludedCase): boolean =>
  !isMissing(one.treatment.concurrent) && one.treatment.concurrent[0] === 'none';
const proportions: Readonly<Record<string, readonly [number, number]>> = {
  clinical_improvement: [improved.length, 28],
  no_response: [of('NR').length, 28],
  unknown_response: [of('UR').length, 28],
  complete_resolution_of_at_least_one_lesion: [
    improved.filter((one) => one.assessments.some((row) => row.status === 'resolved') && categoryOf(one) === 'CR')
      .length,
    improved.length,
  ],
  improved_on_treatment_alone: [improved.filter(alone).length, improved.length],
  nonresponders_stopping_within_1_month: [of('NR').filter(stoppedWithinMonth).length, of('NR').length],
  female: [count((one) => one.person.sex === 'female'), 28],
};

test('every proportion of the text is the printed one', () => {
  const printed = Object.entries(published.text).filter(
    ([, value]) => typeof value === 'object' && 'of' in value && 'n' in value,
  );
  expect(printed.map(([name]) => name).sort()).toEqual(Object.keys(proportions).sort());
  for (const [name, { n, of: whole, percent }] of printed) {
    const [top, bottom] = proportions[name] ?? [];
    expect([name, top, bottom, percentOf(n, whole)]).toEqual([name, n, whole, String(percent)]);
  }
});

test('the other figures of the text', () => {
  const toResponse = improved.map(monthsToResponse).sort((a, b) => a - b);
  expect(toResponse.length).toBe(19);
  expect([oneDecimal(mean(toResponse)), oneDecimal(toResponse[9] ?? 0)]).toEqual([4, 2.5]);
  expect([toResponse[0], toResponse.at(-1)].map((value) => oneDecimal(value ?? 0))).toEqual([0.5, 11]);
  const unchanged = improved.filter((one) => !one.treatment.regimen_change).length;
  expect([unchanged, percentOf(unchanged, 19)]).toEqual([15, '79']);
  expect(count((one) => one.treatment.determined_by === 'both')).toBe(11);
  expect(included.filter((one) => one.person.sex === 'male').map(categoryOf)).toEqual(['PR']);
  const events = included.flatMap((one) =>
    one.adverse_events.map((event) => ({ ...event, zinc: one.baseline.allergies.includes('zinc') })),
  );
  expect(events.map(({ term, zinc }) => [term, zinc]).sort()).toEqual([
    ['application_pain', true],
    ['skin_irritation', false],
    ['skin_irritation', false],
  ]);
  expect(events.every((event) => event.stopped_treatment)).toBe(true);
  expect(
    included
      .map((one) => one.treatment)
      .filter((one) => one.vehicle !== 'zinc_oxide_ointment' || one.strength !== 25)
      .map((one) => one.vehicle),
  ).toEqual(['gel']);
  expect(included.flatMap((one) => one.treatment.strength_raised_to ?? [])).toEqual([50]);
  expect(screened_out.filter((one) => one.excluded === 'no-actd').map((one) => [one.response, one.months])).toEqual([
    ['PR', 1.5],
    ['PR', 2],
    ['UR', undefined],
  ]);
});

test('what the text and the table say of concurrent treatment cannot both be true', () => {
  const has = (code: string) => (one: IncludedCase) =>
    !isMissing(one.treatment.concurrent) && one.treatment.concurrent.includes(code);
  const both = improved.filter((one) => has('medication')(one) && has('dressings')(one)).length;
  const counted = {
    both,
    dressingsOnly: improved.filter(has('dressings')).length - both,
    medicationOnly: improved.filter(has('medication')).length - both,
  };
  expect(counted).toEqual({ both: 3, dressingsOnly: 3, medicationOnly: 2 });
  expect(conflicts.filter(({ where }) => where.includes('among the 19')).map(({ printed }) => printed)).toEqual([2, 3]);
});

test('every place of a conflict is in the published figures', () => {
  const text = JSON.stringify(published);
  for (const { where } of conflicts) {
    const names = [...where.matchAll(/\[([^\]]+)\]/g)]
      .map((match) => match[1] ?? '')
      .concat(where.split('.').at(-1) ?? '');
    expect(names.filter((name) => name !== 'percent' && !text.includes(`"${name}"`))).toEqual([]);
  }
});
