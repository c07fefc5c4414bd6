/** A row of counts. Rules R1, R2 and R40 to R42 of SPEC.md. */
import type { CellFormat, CountRow, SummaryRow } from '../protocol/index.ts';
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

/** The subjects of whom a row speaks at all: those for whom its denominator's expression holds, else all of the table. */
export function askedOf({ data, subjects }: TableFrame, row: CountRow | SummaryRow): readonly SubjectData[] {
  if (row.kind === 'summary' || typeof row.denominator !== 'object') return subjects;
  const { of } = row.denominator;
  return subjects.filter((one) => holds(data, of, one));
}

/** The subjects of whom percentages of a row are: those of whom it speaks, or those of them who are known. */
export function denominatorOf(frame: TableFrame, row: CountRow, unknown: () => Lacking): readonly SubjectData[] {
  const asked = askedOf(frame, row);
  if (row.denominator !== 'known') return asked;
  const outside = unknown();
  return asked.filter((one) => !outside.has(one));
}

/** Counts a row among the subjects of whom its percentages are. */
export function countRow(frame: TableFrame, row: CountRow, among: readonly SubjectData[]): Counted {
  const inRow = among.filter((one) => holds(frame.data, row.when, one));
  const { id, group, label, level, when: by } = row;
  const of = typeof row.denominator === 'object' ? { of: row.denominator.of } : {};
  const shown = row.denominator === 'known' && asksForMissing(row) ? { ...row, percent: false } : row;
  return { id, group, label, level, cells: cellsOf(frame, shown, inRow, among), by, ...of };
}

/** The cells of the subjects of a row. */
export function cellsOf(
  { subjects: all, selectors, rules, percentOf }: TableFrame,
  row: Pick<CountRow, 'percent' | 'format'>,
  inRow: readonly SubjectData[],
  among: readonly SubjectData[],
): TableCell[] {
  const inColumn = (members: readonly SubjectData[], some: ReadonlySet<SubjectData>): readonly SubjectData[] =>
    members.filter((one) => some.has(one));
  const rowSet = new Set(inRow);
  const amongSet = new Set(among.length === all.length ? [] : among);
  return selectors.map((column): TableCell => {
    const isAll = column.members === all;
    const counted = isAll ? inRow : inColumn(column.members, rowSet);
    const ofRow = percentOf === 'row' && column.kind === 'count';
    const ofColumn = among.length === all.length ? column.members : isAll ? among : inColumn(column.members, amongSet);
    const N = ofRow ? inRow.length : ofColumn.length;
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
