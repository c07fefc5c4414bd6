/** What a spreadsheet says of a cell: a date has the form `2014-03-05`, a number a decimal point. */
export type CellKind = 'date' | 'number' | undefined;

/**
 * A row; `cells` is absent where it cannot be read. `line` is its first line, or the number of the row in its sheet;
 * `bytesRead` is the end of what was read. `kinds` is there where the file has more than text.
 */
export interface TableRecord {
  readonly line: number;
  readonly bytesRead: number;
  readonly cells?: readonly string[];
  readonly kinds?: readonly CellKind[];
}
