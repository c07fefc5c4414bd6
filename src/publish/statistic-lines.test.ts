import { expect, test } from 'vitest';
import type { EstimateResult, StatisticResults } from '../analysis/index.ts';
import { statisticsSection } from './statistics-html.ts';
import { statisticsText } from './statistics-text.ts';

const nothing = { estimate: null, low: null, high: null, statistic: null, df: null, p: null, pAdjusted: null };
const effect: EstimateResult = {
  ...nothing,
  id: 'rd',
  label: 'Remission, biologic <against> none',
  method: 'risk difference, hybrid score interval (Newcombe)',
  estimate: -0.1254,
  low: -0.3004,
  high: 0.0615,
  level: 0.95,
  n: 84,
};
const results: StatisticResults = {
  proportions: [],
  estimates: [
    effect,
    {
      ...effect,
      ...nothing,
      id: 'f',
      label: 'Remission by sex',
      method: "Fisher's exact test",
      p: 0.0004,
      n: 84,
      pAdjusted: 0.002,
    },
    {
      ...effect,
      ...nothing,
      id: 'w',
      label: 'Weight',
      method: 'Wilcoxon rank-sum test',
      note: 'needs two groups',
      n: 3,
    },
  ],
  curves: [
    {
      id: 'flare',
      label: 'Time to flare',
      group: 'Biologic',
      unit: 'months',
      n: 40,
      events: 21,
      median: 17.5,
      medianLow: 9,
      medianHigh: null,
      steps: [],
    },
    {
      id: 'flare',
      label: 'Time to flare',
      group: 'None',
      unit: 'months',
      n: 44,
      events: 3,
      median: null,
      medianLow: null,
      medianHigh: null,
      steps: [],
    },
  ],
  agreement: [
    {
      instrument: 'visit',
      field: 'flare',
      label: 'Flare',
      n: 125,
      differing: 7,
      agreed: 0.944,
      kappa: { estimate: -0.0234, low: -0.05, high: 0.004 },
      weightedKappa: null,
      ac1: { estimate: 0.9408, low: 0.8953, high: 0.9862 },
      icc: null,
      prevalenceIndex: 0.944,
      biasIndex: 0.024,
      pabak: 0.888,
      note: 'prevalence: kappa is low although agreement is high',
    },
  ],
};

test('what R computed is printed for a terminal', async () => {
  await expect(`${statisticsText(results).join('\n\n')}\n`).toMatchFileSnapshot('snapshots/statistics.txt');
});

test('and on the page, agreement too', async () => {
  await expect(String(await statisticsSection(results))).toMatchFileSnapshot('snapshots/statistics.html');
});

test('nothing is printed where there is nothing', () => {
  expect(statisticsText({ proportions: [], estimates: [], curves: [], agreement: [] })).toEqual([]);
  expect(statisticsSection(undefined)).toBe('');
});
