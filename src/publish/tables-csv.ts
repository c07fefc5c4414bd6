/** A table as CSV (RFC 4180), a line for each cell, with the numbers as they are and as they are printed. Rule R9 of SPEC.md. */
import { csvText, type ProportionResult, type ResultTable, type TableCell, type TableRow } from '../analysis/index.ts';

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

/** The proportions as R gave them: shares, not percentages. */
export function proportionsCsv(proportions: readonly ProportionResult[]): string {
  const rows = proportions.map((one) => [
    one.id,
    one.label,
    one.x,
    one.n,
    one.estimate,
    one.low,
    one.high,
    one.level,
    one.method,
  ]);
  return safeCsv(['id', 'label', 'n', 'N', 'estimate', 'low', 'high', 'level', 'method'], rows);
}

function safeCsv(header: readonly string[], rows: readonly (readonly unknown[])[]): string {
  return csvText(
    header,
    rows.map((row) => row.map((value) => (typeof value === 'string' ? inert(value) : value))),
  );
}

/** A spreadsheet runs text that begins with one of these as a formula; an apostrophe before it makes it text (OWASP, CSV injection). */
export function inert(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && !/^[-+]?\d+(?:\.\d+)?$/.test(text) ? `'${text}` : text;
}
