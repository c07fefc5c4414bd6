/** A row of counts. Rules R1, R2 and R40 to R42 of SPEC.md. */
import type { CellFormat, CountRow } from '../protocol/index.ts';
import { type DataSet, holds, type SubjectData } from './data-set.ts';
import { asksForMissing, type Lacking } from './lacking.ts';
import { countText, hasPercent, type PrintRules, percentText, withoutPercent } from './print-rules.ts';
import type { TableCell, TableRow } from './results.ts';
import type { ColumnSelector } from './table-columns.ts';

/** A row without what is said around it. */
export type Counted = Omit<TableRow, 'notes' | 'groupNotes' | 'missing'>;

/** What a row is counted in. */
export interface TableFrame {
  readonly data: DataSet;
  /** Of the table. */
  readonly subjects: readonly SubjectData[];
  readonly selectors: readonly ColumnSelector[];
  readonly rules: PrintRules;
  readonly percentOf: 'column' | 'row';
}

/** The subjects of whom percentages of a row are; all of the table where nothing else is said. */
export function denominatorOf(
  { data, subjects }: TableFrame,
  row: CountRow,
  unknown: () => Lacking,
): readonly SubjectData[] {
  const { denominator } = row;
  if (typeof denominator === 'object') return subjects.filter((one) => holds(data, denominator.of, one));
  if (denominator !== 'known') return subjects;
  const outside = unknown();
  return subjects.filter((one) => !outside.has(one));
}

/** Counts a row among the subjects of whom its percentages are. */
export function countRow(frame: TableFrame, row: CountRow, among: readonly SubjectData[]): Counted {
  const inRow = new Set(among.filter((one) => holds(frame.data, row.when, one)));
  const { id, group, label, level, when: by } = row;
  const shown = row.denominator === 'known' && asksForMissing(row) ? { ...row, percent: false } : row;
  return { id, group, label, level, cells: cellsOf(frame, shown, inRow, new Set(among)), by };
}

/** The cells of the subjects of a row. */
export function cellsOf(
  { selectors, rules, percentOf }: TableFrame,
  row: Pick<CountRow, 'percent' | 'format'>,
  inRow: ReadonlySet<SubjectData>,
  among: ReadonlySet<SubjectData>,
): TableCell[] {
  return selectors.map((column): TableCell => {
    const counted = column.members.filter((one) => inRow.has(one));
    const ofRow = percentOf === 'row' && column.kind === 'count';
    const N = ofRow ? inRow.size : column.members.filter((one) => among.has(one)).length;
    const n = counted.length;
    const percent = N === 0 || !row.percent ? null : (n / N) * 100;
    const subjects = counted.map((one) => one.subject);
    return { column: column.id, n, N, percent, text: textOf(column, row, { n, N, percent }, rules), subjects };
  });
}

function textOf(
  column: ColumnSelector,
  row: Pick<CountRow, 'percent' | 'format'>,
  count: Pick<TableCell, 'n' | 'N' | 'percent'>,
  rules: PrintRules,
): string {
  if (column.kind === 'statistic') return '';
  if (column.kind === 'percent') return count.percent === null ? '' : percentText(count.percent, rules);
  return countText(count, cellFormat(column, row), rules);
}

/** What the cells of a row print in a column: as the column says, else as the row does. */
export function cellFormat(
  { format }: Pick<ColumnSelector, 'format'>,
  row: Pick<CountRow, 'percent' | 'format'>,
): CellFormat {
  const asked = format ?? row.format ?? 'n';
  return row.percent ? asked : withoutPercent(asked);
}

/** Whether the cells of a row print a percentage in a column. */
export function printsPercent(column: ColumnSelector, row: Pick<CountRow, 'percent' | 'format'>): boolean {
  if (column.kind === 'count') return hasPercent(cellFormat(column, row));
  return column.kind === 'percent' && row.percent;
}
