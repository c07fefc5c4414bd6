import { expect, test } from 'vitest';
import { printedTables } from './printed-tables.ts';
import { statisticTables } from './statistic-tables.ts';
import { asthmaStatistics, noStatistics } from './tables.test-support.ts';
import { tablesPage } from './tables-html-page.ts';
import { printedText } from './tables-text.ts';

const tables = printedTables({ tables: [] }, asthmaStatistics);

test('what R computed is printed for a terminal', async () => {
  await expect(`${tables.map(printedText).join('\n\n')}\n`).toMatchFileSnapshot('snapshots/statistics.txt');
});

test('and as a page', async () => {
  const page = await tablesPage('Asthma', tables);
  await expect(page.slice(page.indexOf('<main>'))).toMatchFileSnapshot('snapshots/statistics.html');
});

test('[R2] what is said of several lines has one letter, and the notes stand in the order of the letters', () => {
  const [effect] = asthmaStatistics.estimates;
  const estimates = effect
    ? [effect, { ...effect, note: 'needs two groups' }, { ...effect, method: 'exact test.' }]
    : [];
  const [table] = statisticTables({ ...noStatistics, estimates });
  expect(table?.lines.map(({ letters }) => letters)).toEqual([['a'], ['a', 'b'], ['c']]);
  expect(table?.notes.map(({ letter, text }) => `${letter} ${text}`)).toEqual([
    'a Risk difference, hybrid score interval (Newcombe).',
    'b Needs two groups.',
    'c Exact test.',
    ' CI, confidence interval. Computed by R.',
  ]);
});

test('[R2] a share of which some are not known says so below', () => {
  const [share] = asthmaStatistics.proportions;
  const proportions = share ? [{ ...share, note: '1 not known, counted as no' }, share] : [];
  const [table] = statisticTables({ ...noStatistics, proportions });
  expect(table?.lines.map(({ letters }) => letters)).toEqual([['a'], []]);
  expect(table?.notes[0]).toEqual({ letter: 'a', text: '1 not known, counted as no.' });
});

test('curves of different levels say so, each its own', () => {
  const [curve] = asthmaStatistics.curves;
  const curves = curve ? [curve, { ...curve, level: 0.9, interval: 'log' }] : [];
  const [table] = statisticTables({ ...noStatistics, curves });
  expect(table?.columns.at(-1)).toBe('CI of the median (level)');
  expect(table?.lines.map((line) => 'cells' in line && line.cells.at(-1))).toEqual([
    '9.00 to not reached (95%)',
    '9.00 to not reached (90%)',
  ]);
  expect(table?.notes[0]?.text).toContain('on the log(\u2212log) or the log scale');
});

test('nothing is printed where there is nothing', () => {
  expect(statisticTables(noStatistics)).toEqual([]);
});
