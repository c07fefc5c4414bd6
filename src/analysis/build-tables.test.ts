import { describe, expect, test } from 'vitest';
import { buildTables } from './build-tables.ts';
import { psoriasisData, psoriasisProtocol } from './psoriasis-data.test-support.ts';
import type { ResultTable, TableRow } from './results.ts';

const data = psoriasisData();
const [outcome, numbers] = buildTables(data).tables as [ResultTable, ResultTable];
const rowOf = (table: ResultTable, id: string): TableRow => {
  const row = table.rows.find((one) => one.id === id);
  if (!row) throw new Error(`no row ${id}`);
  return row;
};
const textsOf = (table: ResultTable, id: string) => rowOf(table, id).cells.map((cell) => cell.text);
const cellOf = (table: ResultTable, id: string, column: string) =>
  rowOf(table, id).cells.find((one) => one.column === column);

describe('a cell', () => {
  test('[R1] counts the subjects for whom row and column hold, and keeps them', () => {
    expect(cellOf(outcome, 'severity-severe', 'cleared')).toMatchObject({ n: 2, subjects: ['S001', 'S002'] });
    expect(cellOf(outcome, 'severity-severe', 'not')).toMatchObject({ n: 3, subjects: ['S003', 'S004', 'S005'] });
    expect(cellOf(outcome, 'severity-mild', 'cleared')).toMatchObject({ n: 1, subjects: ['S006'] });
    for (const table of [outcome, numbers])
      for (const row of table.rows) for (const cell of row.cells) expect(cell.subjects).toHaveLength(cell.n);
  });

  test('[R1] what cannot be decided does not hold', () => {
    expect(cellOf(outcome, 'high', 'total')?.subjects).toEqual(['S001', 'S002', 'S006']); // S005 and S008 have no dose
    expect(cellOf(outcome, 'event', 'total')?.subjects).toEqual(['S002']); // the grade of S006 is conflicting
  });

  test('[R1] a list counts in the row of each of its choices', () => {
    expect(cellOf(outcome, 'nails-pits', 'total')?.subjects).toEqual(['S001', 'S002', 'S005', 'S008']);
    expect(cellOf(outcome, 'nails-lifting', 'total')?.subjects).toEqual(['S002', 'S003', 'S006']);
  });

  test('[R2] N is that of its column, the percent column is of all', () => {
    expect(outcome.columns.map((one) => [one.id, one.n])).toEqual([
      ['cleared', 3],
      ['not', 5],
      ['total', 8],
      ['percent', 8],
    ]);
    expect(cellOf(outcome, 'severity-severe', 'cleared')).toMatchObject({
      n: 2,
      N: 3,
      percent: (2 / 3) * 100,
      text: '2',
    });
    expect(cellOf(outcome, 'severity-severe', 'percent')).toMatchObject({ n: 5, N: 8, percent: 62.5, text: '62.5' });
  });

  test('[R2] without subjects there is no percentage', () => {
    const none = buildTables(psoriasisData(psoriasisProtocol(), [])).tables[0];
    expect(none?.rows[0]?.cells.map((cell) => [cell.percent, cell.text])).toEqual([
      [null, '0'],
      [null, '0'],
      [null, '0'],
      [null, ''],
    ]);
  });

  test('[R2] a table counts its own population', () => {
    expect(numbers.columns.map((one) => one.n)).toEqual([5, 5, 2]);
  });

  test('[R3] percentages are rounded each for itself', () => {
    expect(['severity-mild', 'severity-severe'].map((id) => textsOf(outcome, id).at(-1))).toEqual(['25.0', '62.5']);
    const whole = psoriasisProtocol(`tables:
  - id: t
    title: T
    columns: [{ id: percent, label: "%", percent: true }]
    groups: [{ id: severity, label: Severity, rows: [{ choicesOf: baseline.severity }] }]`);
    const eight = buildTables(psoriasisData(whole)).tables[0];
    expect(eight?.rows.map((row) => row.cells[0]?.text)).toEqual(['25', '63']);
  });
});

describe('a row of numbers', () => {
  test('[R4] has the five numbers of those with a value', () => {
    // R: x <- c(15, 20, 10.25, 7.5); mean(x); sd(x); median(x)
    expect(rowOf(numbers, 'dose')).toMatchObject({
      n: 4,
      mean: 13.1875,
      sd: 5.49763206602,
      median: 12.625,
      min: 7.5,
      max: 20,
    });
    expect(textsOf(numbers, 'dose')).toEqual(['13.19', '13.19 (5.50)', '17.50 (15–20)']);
    expect(rowOf(numbers, 'dose')).toMatchObject({ label: 'Dose', unit: 'mg' });
    expect(rowOf(numbers, 'age')).toMatchObject({ n: 5, mean: 44, sd: 0 });
  });
});

describe('missing values', () => {
  test('[R5] are told by kind, through variables and computed fields', () => {
    expect(rowOf(outcome, 'severity-mild').missing).toEqual({ 'not-documented': 1 });
    expect(rowOf(outcome, 'nails-pits').missing).toEqual({ conflicting: 1, 'not-documented': 1 });
    expect(rowOf(outcome, 'event').missing).toEqual({ conflicting: 1 });
    expect(rowOf(outcome, 'high').missing).toEqual({ 'not-documented': 1 });
  });

  test('[R5] of a number and those who have one are all', () => {
    const all = psoriasisProtocol(`tables:
  - id: t
    title: T
    columns: [{ id: mean, label: Mean, stat: mean }]
    groups:
      - id: g
        label: G
        rows: [{ id: dose, label: Dose, summary: baseline.dose }, { id: age, label: Age, summary: baseline.age }]`);
    const [dose, age] = buildTables(psoriasisData(all)).tables[0]?.rows ?? [];
    expect([dose?.n, dose?.missing]).toEqual([6, { 'not-documented': 1, unrecorded: 1 }]); // S008: not asked of
    expect([age?.n, age?.missing]).toEqual([7, { unrecorded: 1 }]); // S008: began in 2015, on which day is not known
  });
});

describe('footnotes', () => {
  test('[R6] have letters in the order of reading, headings before their rows; equal texts share one', () => {
    expect(outcome.footnotes).toEqual([
      { letter: 'a', text: 'Without a value: 1 (not documented).' },
      { letter: 'b', text: 'A patient may count in several rows of this group.' },
      { letter: 'c', text: 'As seen at the first visit.' },
      { letter: 'd', text: 'Without a value: 1 (conflicting), 1 (not documented).' },
      { letter: 'e', text: 'By CTCAE.' },
      { letter: 'f', text: 'Without a value: 1 (conflicting).' },
      { letter: '', text: 'Cleared means nothing left.' },
    ]);
    const letters = outcome.rows.map((row) => [row.id, row.groupNotes.join(''), row.notes.join('')]);
    expect(letters).toEqual([
      ['severity-mild', 'a', ''],
      ['severity-severe', '', ''],
      ['nails-pits', 'bc', 'd'],
      ['nails-lifting', '', 'd'],
      ['event', '', 'cef'],
      ['high', '', 'ae'],
    ]);
  });

  test('[R5][R6] say nothing of missing values where a row of the group counts them', () => {
    const counting = psoriasisProtocol(`tables:
  - id: t
    title: T
    columns: [{ id: total, label: Total, total: true }]
    groups:
      - id: g
        label: G
        rows:
          - { id: mild, label: Mild, when: "baseline.severity = 'mild'" }
          - { id: unknown, label: Unknown, when: baseline.severity_missing.exists() }`);
    expect(buildTables(psoriasisData(counting)).tables[0]?.footnotes).toEqual([]);
  });

  test('[R6] go on after z with aa', () => {
    const rows = Array.from({ length: 28 }, (_, at) => `{ id: r${at}, label: R, when: "true", notes: [note ${at}] }`);
    const many = psoriasisProtocol(`tables:
  - id: t
    title: T
    columns: [{ id: total, label: Total, total: true }]
    groups: [{ id: g, label: G, rows: [${rows.join(', ')}] }]`);
    expect(
      buildTables(psoriasisData(many))
        .tables[0]?.footnotes.slice(-3)
        .map((one) => one.letter),
    ).toEqual(['z', 'aa', 'bb']);
  });
});
