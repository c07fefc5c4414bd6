import type { ProportionResult, Results, ResultTable, TableRow } from '../analysis/index.ts';
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

/** What the foot of a page shows. */
export const pageFacts: PageFacts = {
  title: 'Inhalers for asthma',
  protocolVersion: '2.1',
  protocol: 'a'.repeat(64),
  lock: 'c'.repeat(64),
};
