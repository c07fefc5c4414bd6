/** A row of numbers. Rules R4 and R45 of SPEC.md. */
import type { SummaryRow } from '../protocol/index.ts';
import type { Counted, TableFrame } from './count-row.ts';
import { numberOf, type SubjectData } from './data-set.ts';
import { DASH } from './print-rules.ts';
import type { NumberSummary, TableCell } from './results.ts';
import { quartiles, summarize } from './rounding.ts';
import { type StatisticKind, statisticText } from './statistic-text.ts';
import type { ColumnSelector } from './table-columns.ts';

/** What is added to the label of a row that says what it shows. */
const SHOWN = {
  'mean-sd': 'mean (SD)',
  'mean-range': 'mean (range)',
  'median-iqr': 'median (IQR)',
  'median-range': 'median (range)',
} as const;

/** Summarizes a number of those who have one, in each column. */
export function summaryRow({ data, subjects, selectors, rules }: TableFrame, row: SummaryRow): Counted {
  const values = new Map(
    subjects.flatMap((one) => {
      const value = numberOf(data, row.summary, one);
      return value === undefined ? [] : [[one, value] as const];
    }),
  );
  const all = [...values.values()];
  const of = (members: readonly SubjectData[]): number[] =>
    members === subjects ? all : members.flatMap((one) => values.get(one) ?? []);
  const summaryOf = (own: readonly number[]): NumberSummary => ({
    ...summarize(own),
    ...quartiles(own, rules.quantiles),
  });
  const cells = selectors.map((column): TableCell => {
    const own = of(column.members);
    const kind = kindIn(column, row);
    const told = kind === undefined ? '' : statisticText(own, kind, row.digits, rules);
    const text = row.show && column.kind === 'count' && own.length === 0 ? DASH : told;
    return {
      column: column.id,
      n: own.length,
      N: column.members.length,
      percent: null,
      text: row.withN && column.kind === 'count' ? `${text}; n = ${own.length}` : text,
      subjects: column.members.filter((one) => values.has(one)).map((one) => one.subject),
      ...(row.show && column.kind === 'count' ? { summary: summaryOf(own) } : {}),
    };
  });
  const unit = row.unit === undefined ? {} : { unit: row.unit };
  const { id, group, level, summary: by } = row;
  const label = row.show ? `${row.label}, ${SHOWN[row.show]}` : row.label;
  return { id, group, label, ...unit, level, ...summarize(all), cells, by };
}

/** What a column prints of the number; nothing in a column of percentages. */
function kindIn(column: ColumnSelector, row: SummaryRow): StatisticKind | undefined {
  if (column.kind === 'statistic') return column.stat;
  return column.kind === 'count' ? (row.show ?? 'mean-range') : undefined;
}

/** Whether a table prints quartiles of a row. */
export function printsQuartiles(selectors: readonly ColumnSelector[], row: SummaryRow): boolean {
  return selectors.some((column) => kindIn(column, row) === 'median-iqr');
}
