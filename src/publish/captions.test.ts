import { expect, test } from 'vitest';
import { depthOf, lettersOf, opensGroup, tableCaption } from './captions.ts';
import { proportionTable } from './proportion-lines.ts';
import { tableText } from './tables-text.ts';

const row = (group: string, label: string, more: object = {}) => ({
  id: label,
  group,
  label,
  level: 0,
  notes: [],
  groupNotes: [],
  missing: {},
  by: 'true',
  cells: [{ column: 'n', n: 1, N: 2, percent: 50, text: '1', subjects: ['S001'] }],
  ...more,
});
const table = {
  id: 't',
  title: 'Sites',
  columns: [{ id: 'n', label: 'n', n: 2 }],
  rows: [
    row('Overall', 'Overall', { groupNotes: ['a'], notes: ['b'] }),
    row('Site', 'Toe', { groupNotes: ['b'], notes: ['c'] }),
    row('Toe', 'Left', { level: 1 }),
    row('Site', 'Ear'),
  ],
  footnotes: [
    { letter: 'a', text: 'All.' },
    { letter: '', text: 'NA, none.' },
  ],
};

test('a table is numbered by its place; a number in its title gives way', () => {
  expect(tableCaption({ title: 'Sites' }, 0)).toBe('Table 1. Sites');
  expect(tableCaption({ title: 'Table II: Sites' }, 2)).toBe('Table 3. Sites');
  expect(tableCaption({ title: 'Tables of sites' }, 0)).toBe('Table 1. Tables of sites');
});

test('a group that is its only row has no heading: the row bears the letters of both', () => {
  expect(table.rows.map((_, at) => opensGroup(table, at))).toEqual([false, true, false, false]);
  expect(table.rows.map((_, at) => lettersOf(table, at))).toEqual([['a', 'b'], ['c'], [], []]);
  expect(table.rows.map(depthOf)).toEqual([0, 1, 2, 1]);
  expect(tableText(table, 0).split('\n')).toEqual([
    'Table 1. Sites',
    '               n',
    '────────────────',
    'Overall [a,b]  1',
    'Site [b]',
    '  Toe [c]      1',
    '    Left       1',
    '  Ear          1',
    '[a] All.',
    'NA, none.',
  ]);
});

test('the level of the intervals stands in the heading, or in the rows where they differ', () => {
  const one = {
    id: 'x',
    label: 'X',
    x: 1,
    n: 8,
    estimate: 0.125,
    low: 0.0032,
    high: 0.5265,
    level: 0.95,
    method: 'exact',
  };
  const none = { ...one, x: 0, n: 0, estimate: null, low: null, high: null };
  expect(proportionTable([one, none])).toMatchObject({
    columns: ['n/N', '%', '95% CI'],
    lines: [{ cells: ['1/8', '12.5', '0.3–52.7'] }, { cells: ['0/0', '–', '–'] }],
    notes: [{ letter: '', text: 'CI, confidence interval: exact, computed by R.' }],
  });
  const mixed = proportionTable([one, { ...one, level: 0.9 }]);
  expect([mixed.columns[2], mixed.lines.flatMap((line) => ('cells' in line ? [line.cells[2]] : []))[1]]).toEqual([
    'CI (level)',
    '0.3–52.7 (90%)',
  ]);
});
