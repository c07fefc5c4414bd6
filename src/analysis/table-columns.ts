import type { ColumnSpec, TableSpec } from '../protocol/index.ts';
import { type DataSet, holds, type SubjectData } from './data-set.ts';
import type { StatisticKind } from './statistic-text.ts';

interface Column {
  readonly id: string;
  readonly label: string;
  /** The subjects of the column. */
  readonly members: readonly SubjectData[];
  /** What puts a subject here, FHIRPath; absent where all are. */
  readonly when?: string;
}

/** A column of a table and who is in it. */
export type ColumnSelector = Column &
  ({ readonly kind: 'count' | 'percent' } | { readonly kind: 'statistic'; readonly stat: StatisticKind });

/** The columns of a table as they are printed, one for each response category where the table asks for them. */
export function columnSelectors(data: DataSet, table: TableSpec, subjects: readonly SubjectData[]): ColumnSelector[] {
  return table.columns.flatMap((column) => columnsOf(data, column, subjects));
}

function columnsOf(data: DataSet, column: ColumnSpec, subjects: readonly SubjectData[]): ColumnSelector[] {
  if ('responses' in column) {
    return (data.protocol.response?.categories ?? []).map(({ code, label }) => ({
      id: code,
      label,
      kind: 'count',
      members: subjects.filter((one) => one.response?.category === code),
      when: `response.category = '${code.replaceAll(/['\\]/g, '\\$&')}'`,
    }));
  }
  const { id, label } = column;
  if ('when' in column) {
    const { when } = column;
    return [{ id, label, kind: 'count', members: subjects.filter((one) => holds(data, when, one)), when }];
  }
  if ('stat' in column) return [{ id, label, kind: 'statistic', stat: column.stat, members: subjects }];
  return [{ id, label, kind: 'percent' in column ? 'percent' : 'count', members: subjects }];
}
