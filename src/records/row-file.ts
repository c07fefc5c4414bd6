/**
 * Rows on their way into the records: a CSV file a table and piece of input, the ordinal of the row's line (`version`)
 * first. Text is always quoted and what has no value never is, so that empty text is not taken for no value. Writing
 * text is cheaper than handing a row to DuckDB value by value, needs no database in the threads that decode, and leaves
 * DuckDB to read on all cores.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { literal } from './duckdb.ts';
import type { ColumnValue } from './rows.ts';
import type { Columns } from './tables.ts';

/** The values of a row by their columns. */
export type Values = Readonly<Record<string, ColumnValue>>;

/** A file of rows. `longest` is more than the bytes of its longest row: DuckDB must be told. */
export interface WrittenRows {
  readonly path: string;
  readonly longest: number;
}

const BLOCK_LETTERS = 1 << 16;
/** UTF-8 needs at most so many bytes for one unit of JavaScript's text. */
const BYTES_A_LETTER = 3;

/** Writes the rows of one table. */
export class RowFile {
  readonly path: string;
  readonly #file: number;
  readonly #names: readonly string[];
  #block = '';
  #longest = 0;

  constructor(path: string, columns: Columns) {
    this.path = path;
    this.#names = Object.keys(columns);
    this.#file = openSync(path, 'w');
  }

  /** Adds a row; a column that `values` does not name is empty. `last` are the cells of the last columns, if any. */
  append(version: number, values: Values, last = ''): void {
    const before = this.#block.length;
    let row = String(version);
    for (const name of this.#names) row += cell(values[name]);
    this.#block += `${row}${last}\n`;
    if (this.#block.length - before > this.#longest) this.#longest = this.#block.length - before;
    if (this.#block.length > BLOCK_LETTERS) this.#write();
  }

  /** Finishes the file. */
  close(): WrittenRows {
    this.#write();
    closeSync(this.#file);
    return { path: this.path, longest: this.#longest * BYTES_A_LETTER };
  }

  #write(): void {
    const bytes = Buffer.from(this.#block, 'utf8');
    for (let written = 0; written < bytes.length; ) written += writeSync(this.#file, bytes, written);
    this.#block = '';
  }
}

/** Cells that stand at the end of many rows, such as where they came from. */
export function cells(...values: readonly ColumnValue[]): string {
  return values.map(cell).join('');
}

/** DuckDB's text is UTF-8: half a surrogate pair cannot be kept, and NUL ends text in many a tool (rule R5). */
function cell(value: ColumnValue | undefined): string {
  if (value === null || value === undefined) return ',';
  if (typeof value !== 'string') return `,${value}`;
  let text = value.isWellFormed() ? value : value.toWellFormed();
  if (text.includes('"')) text = text.replaceAll('"', '""');
  if (text.includes('\0')) text = text.replaceAll('\0', '\uFFFD');
  return `,"${text}"`;
}

/** DuckDB's own smallest sensible limit for a row. */
const SHORTEST_LIMIT = 2_097_152;

/** SQL that reads files of rows of one table, in the order of the files. */
export function readRows(files: readonly WrittenRows[], columns: Columns): string {
  const types = Object.entries({ version: 'BIGINT', ...columns }).map(([name, type]) => `${name}: '${type}'`);
  const limit = Math.max(SHORTEST_LIMIT, ...files.map(({ longest }) => longest));
  return `read_csv([${files.map(({ path }) => literal(path)).join(', ')}], columns = {${types.join(', ')}},
    auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', new_line = '\\n', nullstr = '',
    allow_quoted_nulls = false, max_line_size = ${limit}, buffer_size = ${limit * BUFFERED_ROWS})`;
}

/** The buffer of a reader holds so many of the longest rows. */
const BUFFERED_ROWS = 4;
