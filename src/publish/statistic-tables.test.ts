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

test('nothing is printed where there is nothing', () => {
  expect(statisticTables(noStatistics)).toEqual([]);
});
