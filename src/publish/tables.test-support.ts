import type {
  EstimateResult,
  ProportionResult,
  Results,
  ResultTable,
  StatisticResults,
  TableRow,
} from '../analysis/index.ts';
import type { PageFacts } from './word-page.ts';

/** A row of a table about asthma that counts, or (with a mean) summarizes. */
export function row(id: string, label: string, cells: readonly string[], more: Partial<TableRow> = {}): TableRow {
  return {
    id,
    group: label,
    label,
    level: 0,
    cells: cells.map((text, at) => ({
      column: `c${at}`,
      n: Number.parseInt(text, 10) || 0,
      N: 3,
      percent: 100 / 3,
      text,
      subjects: ['S001'],
    })),
    notes: [],
    groupNotes: [],
    missing: {},
    by: 'true',
    ...more,
  };
}

/** A table with as many columns as its first row has cells. */
export function table(
  id: string,
  title: string,
  rows: readonly TableRow[],
  more: Partial<ResultTable> = {},
): ResultTable {
  const columns = (rows[0]?.cells ?? []).map(({ column }, at) => ({ id: column, label: `Column ${at + 1}`, n: 3 }));
  return { id, title, columns, rows, footnotes: [], ...more };
}

/** A table with a group, letters and notes, one of plain rows, and a wide one. */
export const asthma: Results = {
  tables: [
    table(
      'severity',
      'Severity',
      [
        row('all', 'All patients', ['3', '100']),
        row('mild', 'Mild & <seldom>', ['2', '66.7'], { group: 'Grade', groupNotes: ['a'], notes: ['b'] }),
        row('severe', 'Severe', ['1', '33.3'], { group: 'Grade', notes: ['c'] }),
      ],
      {
        footnotes: [
          { letter: 'a', text: 'By the 2019 report.' },
          { letter: 'b', text: 'At most 2 a week.' },
          { letter: 'c', text: 'Daily | nightly.' },
          { letter: '', text: 'FEV, forced expiratory volume.' },
        ],
      },
    ),
    table('age', 'Age', [
      row('age', 'Age', ['40.5', '2\u201380'], {
        unit: 'years',
        n: 3,
        mean: 40.5,
        sd: 1.25,
        median: 40,
        min: 2,
        max: 80,
      }),
    ]),
    table('wide', 'Visits by month', [
      row(
        'visits',
        'Visits',
        Array.from({ length: 12 }, (_, at) => String(at + 100)),
      ),
    ]),
  ],
};

/** One proportion as R gives it. */
export const controlled: ProportionResult = {
  id: 'controlled',
  label: 'Asthma controlled',
  x: 2,
  n: 3,
  estimate: 2 / 3,
  low: 0.09429932405024612,
  high: 0.9915962413403873,
  level: 0.95,
  method: 'exact (Clopper-Pearson)',
};

/** Of a study that asks R nothing. */
export const noStatistics: StatisticResults = { proportions: [], estimates: [], curves: [], agreement: [] };

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
/** One of each kind of what R gives; a test that could not be computed, and a curve that never comes to half. */
export const asthmaStatistics: StatisticResults = {
  proportions: [controlled],
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
      value: 'true',
      unit: 'months',
      level: 0.95,
      interval: 'log-log',
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
      value: 'false',
      unit: 'months',
      level: 0.95,
      interval: 'log-log',
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

/** What the foot of a page shows. */
export const pageFacts: PageFacts = {
  title: 'Inhalers for asthma',
  protocolVersion: '2.1',
  protocol: 'a'.repeat(64),
  lock: 'c'.repeat(64),
};
