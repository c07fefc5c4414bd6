/** A table as CSV (RFC 4180), a line for each cell, with the numbers as they are and as they are printed. Rule R9 of SPEC.md. */
import { type ResultTable, safeCsv, type TableCell, type TableRow } from '../analysis/index.ts';
import type { PrintedTable } from './printed-table.ts';

const HEADER = [
  'row',
  'group',
  'label',
  'level',
  'unit',
  'column',
  'column_label',
  'n',
  'N',
  'percent',
  'mean',
  'sd',
  'median',
  'min',
  'max',
  'printed',
  'notes',
];

/** Of a counting cell n, N and percent (not rounded); of a summary row also its numbers; `notes` are the texts behind the letters. */
export function tableCsv(table: ResultTable): string {
  const labelOf = new Map(table.columns.map(({ id, label }) => [id, label]));
  const noteOf = new Map(table.footnotes.map(({ letter, text }) => [letter, text]));
  const line = (row: TableRow, cell: TableCell): unknown[] => [
    row.id,
    row.group,
    row.label,
    row.level,
    row.unit,
    cell.column,
    labelOf.get(cell.column),
    cell.n,
    cell.N,
    cell.percent,
    row.mean,
    row.sd,
    row.median,
    row.min,
    row.max,
    cell.text,
    [...row.groupNotes, ...row.notes].map((letter) => `${letter}: ${noteOf.get(letter) ?? ''}`).join(' '),
  ];
  return safeCsv(
    HEADER,
    table.rows.flatMap((row) => row.cells.map((cell) => line(row, cell))),
  );
}

/** What R computed, a row a line: its numbers as they are (shares, not percentages), then each column as it is printed, then the notes. */
export function statisticCsv({ columns, lines, notes, raw }: PrintedTable): string {
  const noteOf = new Map(notes.map(({ letter, text }) => [letter, text]));
  const printed = lines.map((line) => ('cells' in line ? line.cells : []));
  const rows = (raw?.rows ?? []).map((row, at) => [
    ...row,
    ...(printed[at] ?? []),
    (lines[at]?.letters ?? []).map((letter) => `${letter}: ${noteOf.get(letter) ?? ''}`).join(' '),
  ]);
  return safeCsv([...(raw?.columns ?? []), ...columns.map((label) => `printed ${label}`), 'notes'], rows);
}
