import type { ResultTable } from '../analysis/index.ts';

/** `Table 1. Sites`: tables are numbered in the order of the protocol, `at` counts from 0. A number in the title itself gives way. */
export function tableCaption({ title }: Pick<ResultTable, 'title'>, at: number): string {
  return `Table ${at + 1}. ${title.replace(/^Table\s+\w+\s*[.:]\s*/i, '')}`;
}

/** The label of a row as it is printed: `Age, years`. */
export function rowLabel({ label, unit }: ResultTable['rows'][number]): string {
  return unit === undefined ? label : `${label}, ${unit}`;
}

/** Whether the row opens a group that has a heading of its own; one that says the same as its only row has none. */
export function opensGroup(table: ResultTable, at: number): boolean {
  const row = table.rows[at];
  if (!row || row.level > 0 || row.group === '' || row.group === row.label) return false;
  return table.rows.slice(0, at).findLast((other) => other.level === 0)?.group !== row.group;
}

/** The footnote letters beside a row's label: its own, and those of a group that has no heading to bear them. */
export function lettersOf(table: ResultTable, at: number): readonly string[] {
  const row = table.rows[at];
  if (!row) return [];
  return opensGroup(table, at) ? row.notes : [...new Set([...row.groupNotes, ...row.notes])];
}

/** How far a row stands in: 0 for one without a heading above it, 2 for "of which". */
export function depthOf({ level, group, label }: ResultTable['rows'][number]): number {
  return level === 0 && (group === label || group === '') ? 0 : level + 1;
}
