import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildTables } from './build-tables.ts';
import { arm, type Patient, psoriasisData, psoriasisProtocol } from './psoriasis-data.test-support.ts';
import type { ResultTable } from './results.ts';
import { traceCell } from './trace.ts';

const SEVERITY = '{ id: severity, label: Severity, rows: [{ choicesOf: baseline.severity }] }';
const TOTAL = '{ id: total, label: Total, total: true }';

function dataOf(table: string, of?: readonly Patient[]) {
  const protocol = psoriasisProtocol(`tables:\n  - { id: t, title: T, ${table.replaceAll('\n', ' ')} }`);
  return of ? psoriasisData(protocol, of) : psoriasisData(protocol);
}

function built(table: string, of?: readonly Patient[]): ResultTable {
  const [first] = buildTables(dataOf(table, of)).tables;
  if (!first) throw new Error('no table');
  return first;
}

const texts = (table: ResultTable): Record<string, string[]> =>
  Object.fromEntries(table.rows.map((row) => [row.id, row.cells.map((cell) => cell.text)]));
const notes = (table: ResultTable): string[] => table.footnotes.map((note) => note.text);

describe('the denominator', () => {
  const responses = (more: string, groups = SEVERITY) =>
    built(`columns: [{ responses: true }, ${TOTAL}], format: n/N (%), ${more} groups: [${groups}]`);

  test('[R40] is all, and not named, where nothing is said', () => {
    const table = responses('');
    expect(texts(table)['severity-severe']).toEqual(['2/3 (67%)', '3/5 (60%)', '5/8 (63%)']);
    expect(notes(table)).toEqual(['Without a value: 1 (not documented).']);
  });

  test('[R40] all is named', () => {
    expect(notes(responses('denominator: all,'))).toContain(
      'Percentages are of all 8 patients; in a column, of those in it.',
    );
  });

  test('[R40] known are those of whom it is known whether the row holds', () => {
    const table = responses('denominator: known,');
    expect(texts(table)).toEqual({
      'severity-mild': ['1/3 (33%)', '1/4 (25%)', '2/7 (29%)'],
      'severity-severe': ['2/3 (67%)', '3/4 (75%)', '5/7 (71%)'],
    });
    expect(notes(table)[1]).toBe('Percentages are of the 7 with a known value; in a column, of those in it.');
    expect(table.rows[0]?.groupNotes).toEqual(['a', 'b']);
    expect(table.columns.map((column) => column.n)).toEqual([3, 5, 8]);
  });

  test('[R40] is named without columns where there is one population', () => {
    const table = built(`columns: [${TOTAL}], format: n (%), denominator: known, groups: [${SEVERITY}]`);
    expect(notes(table)[1]).toBe('Percentages are of the 7 with a known value.');
  });

  test('[R40] who has no answer to an optional field is not known', () => {
    const row = '{ id: g, label: G, rows: [{ id: high, label: High, when: baseline.dose >= 15 }] }';
    const [high] = responses('denominator: known,', row).rows;
    expect(high?.cells.at(-1)).toMatchObject({ n: 3, N: 6 });
    expect(high?.missing).toEqual({ 'not-documented': 1, unrecorded: 1 });
  });

  test('[R40] of an expression, only those count for whom it holds', () => {
    const row = `{ id: g, label: G, denominator: { of: baseline.dose >= 10, label: exposed to 10 mg or more },
      rows: [{ id: pits, label: Pits, when: "'pits' in baseline.nails" }] }`;
    const table = responses('', row);
    expect(table.rows[0]?.cells.at(-1)).toMatchObject({ n: 2, N: 5, text: '2/5 (40%)', subjects: ['S001', 'S002'] });
    expect(notes(table)).toContain('Percentages are of the 5 exposed to 10 mg or more; in a column, of those in it.');
  });

  test('[R9][R40] of an expression, only they can lack a value, and the trace asks for it', () => {
    const asked = `columns: [${TOTAL}], format: n/N, missing: row, groups: [
      { id: g, label: G, denominator: { of: baseline.dose >= 10, label: exposed }, rows: [{ choicesOf: baseline.nails }] }]`;
    expect(texts(built(asked))).toEqual({ 'g-pits': ['2/5'], 'g-lifting': ['3/5'], 'g-missing-conflicting': ['1/5'] });
    const data = dataOf(asked);
    expect(traceCell(data, buildTables(data), 't/g-pits/total').decidedBy).toEqual([
      "'pits' in baseline.nails",
      'baseline.dose >= 10',
    ]);
  });

  test('[R40] the nearest counts: row, group, table', () => {
    const group = `{ id: g, label: G, denominator: all, rows: [
      { id: a, label: A, when: baseline.severity = 'mild' },
      { id: b, label: B, when: baseline.severity = 'mild', denominator: { of: "true", label: here }, rows: [
        { id: c, label: C, when: baseline.severity = 'mild' }, { id: d, label: D, when: baseline.severity = 'mild', denominator: known }] }] }`;
    const table = responses('denominator: known,', `${SEVERITY}, ${group}`);
    expect(table.rows.map((row) => row.cells.at(-1)?.N)).toEqual([7, 7, 8, 8, 8, 7]);
  });

  test('[R40] a row that counts missing values has no percentage of the known', () => {
    const rows = `{ id: g, label: G, rows: [
      { id: mild, label: Mild, when: baseline.severity = 'mild' },
      { id: none, label: Unknown, when: baseline.severity_missing.exists() }] }`;
    expect(texts(responses('denominator: known,', rows)).none).toEqual(['0/3', '1/5', '1/8']);
  });
});

describe('formats', () => {
  test('[R41] the column says before the row, the row before its group and table', () => {
    const table = built(`columns: [${TOTAL}, { id: own, label: Own, total: true, format: "%" }], format: n, groups: [
      { id: g, label: G, format: n/N, rows: [
        { id: a, label: A, when: "true" }, { id: b, label: B, when: "true", format: n (%) }, { id: c, label: C, when: "true", percent: false }] },
      { id: h, label: H, rows: [{ id: d, label: D, when: "true" }] }]`);
    expect(texts(table)).toEqual({ a: ['8/8', '100%'], b: ['8 (100%)', '100%'], c: ['8/8', '8'], d: ['8', '100%'] });
  });

  test('[R41] a percentage of nobody is a dash, and told', () => {
    const table = built(
      `columns: [{ id: none, label: "None", when: "false" }, ${TOTAL}], format: n (%), groups: [${SEVERITY}]`,
    );
    expect(texts(table)['severity-mild']).toEqual(['0 (–)', '2 (25%)']);
    expect(notes(table)).toContain('–, there is nobody of whom it could be told.');
  });

  test('[R42] percentages of the row are of its subjects', () => {
    const table = built(
      `columns: [{ responses: true }, ${TOTAL}, { id: "%", label: "%", percent: true }], percentOf: row, format: n/N (%), groups: [${SEVERITY}]`,
    );
    expect(texts(table)['severity-severe']).toEqual(['2/5 (40%)', '3/5 (60%)', '5/5 (100%)', '63']);
    expect(notes(table)).toContain('Percentages are of the patients of the row.');
  });
});

describe('sums and rounding', () => {
  // 1, 2 and 4 of 8 are 12.5, 25 and 50 %; with 1 more they are everybody
  const rows = ['1, 1', '2, 3', '4, 7', '8, 8'].map((range, at) => {
    const [from, to] = range.split(', ');
    const ids = Array.from({ length: Number(to) - Number(from) + 1 }, (_, n) => `'S00${Number(from) + n}'`);
    return `{ id: r${at}, label: R${at}, when: "id in (${ids.join(' | ')})" }`;
  });
  const table = (more: string) =>
    built(`columns: [${TOTAL}], format: n (%), ${more} groups: [{ id: g, label: G, rows: [${rows.join(', ')}] }]`);

  test('[R43] are left as they fall, and told where the rule is declared', () => {
    expect(texts(table('rounding: half-up,'))).toEqual({
      r0: ['1 (13%)'],
      r1: ['2 (25%)'],
      r2: ['4 (50%)'],
      r3: ['1 (13%)'],
    });
    expect(notes(table('rounding: half-up,'))).toEqual([
      'Rounded percentages sum to 101 (Total).',
      'Numbers and percentages are rounded to the nearest, halves away from zero, each by itself.',
    ]);
    expect(notes(table('rounding: half-even,'))[0]).toBe('Rounded percentages sum to 99 (Total).');
  });

  test('[R43] are told with those of missing values where these have rows', () => {
    // 2, 5 and 1 of 8: 25, 62.5 and 12.5 %
    const whole = built(`columns: [${TOTAL}], format: n (%), missing: row, rounding: half-up, groups: [${SEVERITY}]`);
    expect(texts(whole)['severity-missing-not-documented']).toEqual(['1 (13%)']);
    expect(notes(whole)[0]).toBe('Rounded percentages sum to 101 (Total).');
  });

  test('[R43] say nothing where they sum to 100, or nothing was declared', () => {
    expect(notes(table('rounding: half-up, percentDigits: 1,'))).toHaveLength(1);
    expect(notes(table(''))).toEqual([]);
  });
});

describe('a row of numbers among counts', () => {
  const row = '{ id: dose, label: Dose, unit: mg, summary: baseline.dose, show: median-iqr, withN: true }';
  const table = (more = '', of?: readonly Patient[]) =>
    built(`columns: [{ responses: true }], ${more} groups: [{ id: g, label: G, rows: [${row}] }]`, of);

  test('[R45] prints what it says, and its label says so', () => {
    const [dose] = table().rows;
    expect(dose).toMatchObject({ label: 'Dose, median (IQR)', unit: 'mg' });
    // R 4.6.0: quantile(c(15, 20, 15), c(.25, .75)); quantile(c(10.25, 7.5, 10), c(.25, .75))
    expect(dose?.cells.map((cell) => cell.text)).toEqual(['15.0 (15.0–17.5); n = 3', '10.0 (8.8–10.1); n = 3']);
    expect(dose?.cells[1]?.summary).toMatchObject({ n: 3, median: 10, q1: 8.75, q3: 10.125, min: 7.5, max: 10.25 });
  });

  test('[R44] with quartiles of the type that is declared, which is told', () => {
    const six = table('quantiles: 6,');
    expect(six.rows[0]?.cells[1]?.text).toBe('10.0 (7.5–10.3); n = 3');
    expect(notes(six)).toContain('Quartiles are of type 6 of Hyndman and Fan, as R numbers them.');
  });

  test.each([
    ['mean-sd', '9.3 (1.5)'],
    ['mean-range', '9.3 (7.5–10.3)'],
    ['median-range', '10.0 (7.5–10.3)'],
  ])('[R45] %s', (show, text) => {
    const one = `{ id: dose, label: Dose, summary: baseline.dose, show: ${show} }`;
    expect(
      texts(built(`columns: [{ responses: true }], groups: [{ id: g, label: G, rows: [${one}] }]`)).dose?.[1],
    ).toBe(text);
  });

  test('[R45] of nobody is a dash', () => {
    expect(texts(table('', [])).dose).toEqual(['–; n = 0', '–; n = 0']);
  });
});

describe('missing values', () => {
  const groups = `${SEVERITY}, { id: numbers, label: Numbers, rows: [
    { id: dose, label: Dose, summary: baseline.dose, show: mean-sd }, { id: high, label: High, when: baseline.dose >= 15 }] },
    { id: mixed, label: Mixed, rows: [{ id: pits, label: Pits, when: "'pits' in baseline.nails" }, { id: old, label: Old, when: baseline.dose > 8 }] }`;
  const table = (missing: string, more = '') =>
    built(`columns: [${TOTAL}], format: n (%), missing: ${missing}, ${more} groups: [${groups}]`);

  test('[R46] are rows by kind, at the end of a group or after each row', () => {
    expect(table('row').rows.map((row) => [row.id, row.label, row.cells[0]?.text])).toEqual([
      ['severity-mild', 'Mild', '2 (25%)'],
      ['severity-severe', 'Severe', '5 (63%)'],
      ['severity-missing-not-documented', 'Not documented', '1 (13%)'],
      ['dose', 'Dose, mean (SD)', '13.0 (4.6)'],
      ['high', 'High', '3 (38%)'],
      ['numbers-missing-not-documented', 'Not documented', '1 (13%)'],
      ['numbers-missing-unrecorded', 'No value', '1 (13%)'],
      ['pits', 'Pits', '4 (50%)'],
      ['pits-missing-conflicting', 'Pits: conflicting', '1 (13%)'],
      ['pits-missing-not-documented', 'Pits: not documented', '1 (13%)'],
      ['old', 'Old', '5 (63%)'],
      ['old-missing-not-documented', 'Old: not documented', '1 (13%)'],
      ['old-missing-unrecorded', 'Old: no value', '1 (13%)'],
    ]);
    expect(notes(table('row'))).toEqual([]);
  });

  test('[R46] have no percentage where those of the row are of the known', () => {
    expect(texts(table('row', 'denominator: known,'))['severity-missing-not-documented']).toEqual(['1']);
  });

  test('[R46] may be told nowhere in print, but stay in the numbers', () => {
    expect(notes(table('none'))).toEqual([]);
    expect(table('none').rows[0]?.missing).toEqual({ 'not-documented': 1 });
  });

  test('[R9][R46] the trace of such a row leads to what is missing', () => {
    const data = dataOf(`columns: [${TOTAL}], missing: row, groups: [${SEVERITY}]`);
    const trace = traceCell(data, buildTables(data), 't/severity-missing-not-documented/total');
    expect(trace.decidedBy).toEqual(["baseline.severity_missing = 'not-documented'"]);
    expect(trace.subjects).toMatchObject([
      { subject: 'S008', values: [{ field: 'severity', settled: { answer: { missing: 'not-documented' } } }] },
    ]);
  });
});

describe('columns', () => {
  test('[R47] are the choices of a field; who is in none is told', () => {
    const table = built(`columns: [{ columnsOf: baseline.severity }], headerN: true, groups: [
      { id: g, label: G, rows: [{ id: all, label: All, when: "true" }] }]`);
    expect(table.columns.map(({ id, label, n }) => [id, label, n])).toEqual([
      ['mild', 'Mild (n = 2)', 2],
      ['severe', 'Severe (n = 5)', 5],
    ]);
    expect(notes(table)).toEqual(['Severity without a value, in no column: 1 (not documented).']);
  });

  test('[R47] of several choices may overlap, which is told', () => {
    const table = built(`columns: [{ columnsOf: baseline.nails }], groups: [
      { id: g, label: G, rows: [{ id: all, label: All, when: "true" }] }]`);
    expect(texts(table).all).toEqual(['4', '3']);
    expect(notes(table)).toEqual([
      'A patient may be in several columns.',
      'Nails without a value, in no column: 1 (conflicting), 1 (not documented).',
    ]);
  });

  test('[R47] the trace of their cells asks for the choice', () => {
    const data = dataOf(`columns: [{ columnsOf: baseline.severity }], groups: [${SEVERITY}]`);
    expect(traceCell(data, buildTables(data), 't/severity-mild/mild').decidedBy).toEqual([
      "'mild' in baseline.severity",
      "'mild' in baseline.severity",
    ]);
  });
});

test('[R48] rows of nobody are there with 0, or left out and told so', () => {
  const rows = '{ id: g, label: G, rows: [{ id: a, label: A, when: "true" }, { id: b, label: B, when: "false" }] }';
  expect(texts(built(`columns: [${TOTAL}], groups: [${rows}]`)).b).toEqual(['0']);
  const short = built(`columns: [${TOTAL}], hideEmpty: true, groups: [${rows}]`);
  expect(Object.keys(texts(short))).toEqual(['a']);
  expect(notes(short)).toEqual(['Rows without any patient are left out.']);
});

const blank = { missing: 'not-documented' } as const;
const known = fc.record({
  severity: fc.constantFrom('mild', 'severe', blank, { missing: 'conflicting' } as const),
  nails: fc.constantFrom<string[] | typeof blank>(['pits'], ['pits', 'lifting'], blank),
  dose: fc.constantFrom(7.5, 15, 20, blank),
  started: fc.constantFrom('2015-03-01', '2015', blank),
});
const anybody = fc.array(
  fc.record({
    baseline: fc.oneof(known, fc.constant({})),
    plaque: fc.constantFrom([], [arm('2015-06-01', 'clear')], [arm('2015-06-01', blank)]),
  }),
  { maxLength: 9 },
);
const asked = fc.record({
  denominator: fc.constantFrom('all', 'known', '{ of: baseline.dose >= 15, label: exposed }'),
  format: fc.constantFrom('n', 'n (%)', 'n/N', 'n/N (%)', '"%"'),
  percentOf: fc.constantFrom('column', 'row'),
  missing: fc.constantFrom('footnote', 'row', 'none'),
  rounding: fc.constantFrom('half-up', 'half-even'),
  quantiles: fc.integer({ min: 1, max: 9 }),
  hideEmpty: fc.boolean(),
});
const EVERYTHING = `columns: [{ columnsOf: baseline.severity }, { responses: true }, ${TOTAL}, { id: "%", label: "%", percent: true }, { id: iqr, label: IQR, stat: median-iqr }],
  groups: [${SEVERITY}, { id: nails, label: Nails, overlapping: true, rows: [{ choicesOf: baseline.nails }] },
    { id: g, label: G, rows: [{ id: dose, label: Dose, summary: baseline.dose, show: median-iqr }, { id: high, label: High, when: baseline.dose >= 15 }] }]`;

describe('whoever the patients are, and whatever is asked', () => {
  const whichever = fc.tuple(asked, anybody).map(([keys, of]) => {
    const said = Object.entries(keys).map(([key, value]) => `${key}: ${value}`);
    return { keys, of, table: built(`${said.join(', ')}, ${EVERYTHING}`, of) };
  });

  test('[R49] there is no number that is none, and no cell without its subjects', () => {
    fc.assert(
      fc.property(whichever, ({ table }) => {
        const cells = table.rows.flatMap((row) => row.cells);
        expect(cells.filter((cell) => /NaN|Infinity|undefined|null/.test(cell.text))).toEqual([]);
        expect(cells.filter((cell) => cell.n > cell.N || cell.subjects.length !== cell.n)).toEqual([]);
        expect(cells.filter((cell) => cell.percent !== null && !(cell.percent >= 0 && cell.percent <= 100))).toEqual(
          [],
        );
        expect(JSON.stringify(table)).not.toMatch(/NaN|Infinity/);
      }),
      { numRuns: 40 },
    );
  });

  test('[R40] those who are known and those told as missing are all', () => {
    fc.assert(
      fc.property(anybody, (of) => {
        const table = built(`denominator: known, ${EVERYTHING}`, of);
        for (const row of table.rows) {
          const missing = Object.values(row.missing).reduce((sum, n) => sum + n, 0);
          const total = row.cells.find((cell) => cell.column === 'total');
          const known = row.mean === undefined ? total?.N : total?.n;
          expect((known ?? 0) + missing).toBe(of.length);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('[R46] the rows of a single choice and their missing values are everybody once', () => {
    fc.assert(
      fc.property(anybody, (of) => {
        const table = built(`missing: row, columns: [${TOTAL}], groups: [${SEVERITY}]`, of);
        const subjects = table.rows.flatMap((row) => row.cells.flatMap((cell) => cell.subjects));
        expect(subjects.toSorted()).toEqual(of.map((_, at) => `S00${at + 1}`));
      }),
      { numRuns: 40 },
    );
  });
});
