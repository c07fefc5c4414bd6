import { type CellFormat, type ColumnSpec, fieldChoices, type TableSpec } from '../protocol/index.ts';
import { type DataSet, holds, type SubjectData } from './data-set.ts';
import type { StatisticKind } from './statistic-text.ts';

interface Column {
  readonly id: string;
  readonly label: string;
  /** The subjects of the column. */
  readonly members: readonly SubjectData[];
  /** What puts a subject here, FHIRPath; absent where all are. */
  readonly when?: string;
  /** What its cells print, where the column says so. */
  readonly format?: CellFormat | undefined;
}

/** A column of a table and who is in it. */
export type ColumnSelector = Column &
  ({ readonly kind: 'count' | 'percent' } | { readonly kind: 'statistic'; readonly stat: StatisticKind });

/** The columns of a table as they are printed, one for each response category or each choice of a field where the table asks for them. */
export function columnSelectors(data: DataSet, table: TableSpec, subjects: readonly SubjectData[]): ColumnSelector[] {
  const columns = table.columns.flatMap((column) => columnsOf(data, column, subjects));
  if (!table.headerN) return columns;
  return columns.map((one) =>
    one.kind === 'count' ? { ...one, label: `${one.label} (n = ${one.members.length})` } : one,
  );
}

function columnsOf(data: DataSet, column: ColumnSpec, subjects: readonly SubjectData[]): ColumnSelector[] {
  const where = (when: string): readonly SubjectData[] => subjects.filter((one) => holds(data, when, one));
  if ('responses' in column) {
    return (data.protocol.response?.categories ?? []).map(({ code, label }) => ({
      id: code,
      label,
      kind: 'count',
      members: subjects.filter((one) => one.response?.category === code),
      when: `response.category = '${code.replaceAll(/['\\]/g, '\\$&')}'`,
      format: column.format,
    }));
  }
  if ('columnsOf' in column) {
    return fieldChoices(data.protocol, column.columnsOf).map(({ id, label, when }) => ({
      id,
      label,
      kind: 'count',
      members: where(when),
      when,
      format: column.format,
    }));
  }
  const { id, label } = column;
  if ('when' in column) {
    const { when, format } = column;
    return [{ id, label, kind: 'count', members: where(when), when, format }];
  }
  if ('stat' in column) return [{ id, label, kind: 'statistic', stat: column.stat, members: subjects }];
  if ('percent' in column) return [{ id, label, kind: 'percent', members: subjects }];
  return [{ id, label, kind: 'count', members: subjects, format: column.format }];
}
