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
  readonly #isText: readonly boolean[];
  #parts: string[] = [];
  #letters = 0;
  #longest = 0;

  constructor(path: string, columns: Columns) {
    this.path = path;
    this.#names = Object.keys(columns);
    this.#isText = Object.values(columns).map((type) => type === 'VARCHAR');
    this.#file = openSync(path, 'w');
  }

  /** Adds a row; a column that `values` does not name is empty. `last` are the cells of the last columns, if any. */
  append(version: number, values: Values, last = ''): void {
    const before = this.#letters;
    this.#add(String(version));
    for (let at = 0; at < this.#names.length; at++) {
      const value = values[this.#names[at] ?? ''];
      if (value === null || value === undefined) this.#add(',');
      else if (this.#isText[at] && typeof value === 'string') this.#add(',"', written(value), '"');
      else this.#add(',', String(value));
    }
    this.#add(last, '\n');
    this.#longest = Math.max(this.#longest, this.#letters - before);
    if (this.#letters > BLOCK_LETTERS) this.#write();
  }

  /** Finishes the file. */
  close(): WrittenRows {
    this.#write();
    closeSync(this.#file);
    return { path: this.path, longest: this.#longest * BYTES_A_LETTER };
  }

  #add(...parts: readonly string[]): void {
    for (const part of parts) {
      this.#letters += part.length;
      this.#parts.push(part);
    }
  }

  #write(): void {
    const bytes = Buffer.from(this.#parts.join(''), 'utf8');
    for (let done = 0; done < bytes.length; ) done += writeSync(this.#file, bytes, done);
    [this.#parts, this.#letters] = [[], 0];
  }
}

/** Cells that stand at the end of many rows, such as where they came from. */
export function cells(...values: readonly ColumnValue[]): string {
  return values
    .map((value) => (value === null ? ',' : typeof value === 'string' ? `,"${written(value)}"` : `,${value}`))
    .join('');
}

/**
 * Text as it stands between quotes. DuckDB's text is UTF-8: half a surrogate pair cannot be kept, and NUL ends text in
 * many a tool (rule R5).
 */
function written(text: string): string {
  if (!ODD.test(text)) return text;
  return text.toWellFormed().replaceAll('"', '""').replaceAll('\0', '\uFFFD');
}

const ODD = /["\0\uD800-\uDFFF]/;

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
