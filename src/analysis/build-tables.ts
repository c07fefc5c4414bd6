/** The protocol's tables, counted on the data set. Rules R1 to R6 of SPEC.md. */
import { type CountRow, expandTableRows, type SummaryRow, type TableSpec } from '../protocol/index.ts';
import { type DataSet, holds, numberOf, type SubjectData } from './data-set.ts';
import type { FieldSource } from './expression-mentions.ts';
import { asksForMissing, footnotesOf, type Missing } from './footnotes.ts';
import type { Results, ResultTable, TableCell, TableRow } from './results.ts';
import { fixed, summarize } from './rounding.ts';
import { sensitivityTables } from './sensitivity-table.ts';
import { statisticText } from './statistic-text.ts';
import { type ColumnSelector, columnSelectors } from './table-columns.ts';
import { sourcesOf } from './value-sources.ts';

/** Counts all tables. */
export function buildTables(data: DataSet): Results {
  return { tables: [...data.protocol.tables.map((table) => buildTable(data, table)), ...sensitivityTables(data)] };
}

function buildTable(data: DataSet, table: TableSpec): ResultTable {
  const { population } = table;
  const subjects =
    population === undefined ? data.subjects : data.subjects.filter((one) => holds(data, population, one));
  const selectors = columnSelectors(data, table, subjects);
  const rows = expandTableRows(data.protocol, table);
  const missing = new Map(rows.map((row) => [row.id, missingOf(data, row, subjects)]));
  const { letters, groupLetters, footnotes } = footnotesOf(table, rows, (id) => missing.get(id) ?? {});
  return {
    id: table.id,
    title: table.title,
    columns: selectors.map(({ id, label, members }) => ({ id, label, n: members.length })),
    rows: rows.map((row) => ({
      ...(row.kind === 'count'
        ? countRow(data, table, row, selectors, subjects)
        : summaryRow(data, row, selectors, subjects)),
      notes: letters(row.id),
      groupNotes: groupLetters(row.id),
      missing: missing.get(row.id) ?? {},
    })),
    footnotes,
  };
}

type Counted = Omit<TableRow, 'notes' | 'groupNotes' | 'missing'>;

function countRow(
  data: DataSet,
  table: TableSpec,
  row: CountRow,
  selectors: readonly ColumnSelector[],
  subjects: readonly SubjectData[],
): Counted {
  const inRow = new Set(subjects.filter((one) => holds(data, row.when, one)));
  const cells = selectors.map(({ id, kind, members }): TableCell => {
    const counted = members.filter((one) => inRow.has(one));
    const [n, N] = [counted.length, members.length];
    const percent = N === 0 || !row.percent ? null : (n / N) * 100;
    const printed = kind === 'percent' ? (percent === null ? '' : fixed(percent, table.percentDigits)) : String(n);
    return {
      column: id,
      n,
      N,
      percent,
      text: kind === 'statistic' ? '' : printed,
      subjects: counted.map((one) => one.subject),
    };
  });
  return { id: row.id, group: row.group, label: row.label, level: row.level, cells, by: row.when };
}

function summaryRow(
  data: DataSet,
  row: SummaryRow,
  selectors: readonly ColumnSelector[],
  subjects: readonly SubjectData[],
): Counted {
  const values = new Map(
    subjects.flatMap((one) => {
      const value = numberOf(data, row.summary, one);
      return value === undefined ? [] : [[one, value] as const];
    }),
  );
  const of = (members: readonly SubjectData[]): number[] => members.flatMap((one) => values.get(one) ?? []);
  const cells = selectors.map((column): TableCell => {
    const own = of(column.members);
    const text =
      column.kind === 'percent'
        ? ''
        : statisticText(own, column.kind === 'statistic' ? column.stat : 'mean-range', row.digits);
    return {
      column: column.id,
      n: own.length,
      N: column.members.length,
      percent: null,
      text,
      subjects: column.members.filter((one) => values.has(one)).map((one) => one.subject),
    };
  });
  const unit = row.unit === undefined ? {} : { unit: row.unit };
  const { id, group, label, level, summary: by } = row;
  return { id, group, label, ...unit, level, ...summarize(of(subjects)), cells, by };
}

/**
 * Subjects without a value in a field that decides the row, by kind; a subject counts once, at the first such field. Of a
 * number, those who have none although no field is called missing are `unrecorded`.
 */
function missingOf(data: DataSet, row: CountRow | SummaryRow, subjects: readonly SubjectData[]): Missing {
  // A row that asks who has no value counts them itself.
  if (asksForMissing(row)) return {};
  const { fields } = sourcesOf(data.protocol, row.kind === 'count' ? row.when : row.summary);
  const counts = new Map<string, number>();
  for (const one of subjects) {
    if (row.kind === 'summary' && numberOf(data, row.summary, one) !== undefined) continue;
    const kind = firstMissing(one, fields) ?? (row.kind === 'summary' ? 'unrecorded' : undefined);
    if (kind) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function firstMissing({ settled }: SubjectData, fields: readonly FieldSource[]): string | undefined {
  const kinds = fields.flatMap(({ instrument, field }) =>
    (settled.records[instrument] ?? []).flatMap(({ values }) => {
      const answer = values[field]?.answer;
      return answer && 'missing' in answer ? [answer.missing] : [];
    }),
  );
  return kinds[0];
}
