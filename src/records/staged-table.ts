import {
  BIGINT,
  DATE,
  DOUBLE,
  type DuckDBAppender,
  DuckDBDataChunk,
  DuckDBDateValue,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  VARCHAR,
} from '@duckdb/node-api';
import type { ColumnValue } from './rows.ts';
import type { Columns } from './tables.ts';

/** The values of a row by their columns. */
export type Values = Readonly<Record<string, ColumnValue>>;

/** DuckDB's own vector size: a chunk holds no more. */
const CHUNK_ROWS = 2048;
/** Letters of text held back before they are handed to DuckDB, so that long notes do not pile up. */
const CHUNK_LETTERS = 4_000_000;
/**
 * Bytes that the appender of a table may hold before they go to the file. DuckDB does not count them as its own, so its
 * memory limit does not see them; there are some twenty tables.
 */
const FLUSH_BYTES = 16_000_000;
/** What a cell takes beside its letters. */
const CELL_BYTES = 16;

const TYPES = { BIGINT, INTEGER, DOUBLE, DATE, VARCHAR } as const;
const NOTHING: Values = {};

/** Collects the rows of one table by column, `version` first, and hands them on in chunks. */
export class StagedTable {
  readonly #appender: DuckDBAppender;
  readonly #names: readonly string[];
  readonly #types: readonly DuckDBType[];
  readonly #columns: DuckDBValue[][];
  #letters = 0;
  #bytesInAppender = 0;

  constructor(appender: DuckDBAppender, columns: Columns) {
    this.#appender = appender;
    this.#names = Object.keys(columns);
    this.#types = [BIGINT, ...Object.values(columns).map((type) => TYPES[type])];
    this.#columns = this.#types.map(() => []);
  }

  /** Adds a row. A column is taken from `values`, else from `provenance`, else it is empty. */
  append(version: bigint, values: Values, provenance: Values = NOTHING): void {
    this.#columns[0]?.push(version);
    for (const [at, name] of this.#names.entries()) {
      this.#columns[at + 1]?.push(this.#stored(values[name] ?? provenance[name] ?? null, this.#types[at + 1] === DATE));
    }
    if ((this.#columns[0]?.length ?? 0) >= CHUNK_ROWS || this.#letters > CHUNK_LETTERS) this.#handOn();
  }

  /** Makes all rows so far visible to queries. */
  flush(): void {
    this.#handOn();
    this.#toFile();
  }

  close(): void {
    this.#appender.closeSync();
  }

  /** DuckDB's text is UTF-8: half a surrogate pair cannot be kept, and NUL ends text in many a tool (rule R5). */
  #stored(value: ColumnValue, isDate: boolean): DuckDBValue {
    if (typeof value !== 'string') return value;
    if (isDate) return new DuckDBDateValue(Date.parse(`${value}T00:00:00Z`) / MILLISECONDS_IN_DAY);
    this.#letters += value.length;
    const whole = value.isWellFormed() ? value : value.toWellFormed();
    return whole.includes('\0') ? whole.replaceAll('\0', '\uFFFD') : whole;
  }

  #handOn(): void {
    const rows = this.#columns[0]?.length ?? 0;
    if (rows === 0) return;
    const chunk = DuckDBDataChunk.create(this.#types, rows);
    chunk.setColumns(this.#columns);
    this.#appender.appendDataChunk(chunk);
    for (const column of this.#columns) column.length = 0;
    this.#bytesInAppender += this.#letters + rows * this.#types.length * CELL_BYTES;
    this.#letters = 0;
    if (this.#bytesInAppender > FLUSH_BYTES) this.#toFile();
  }

  #toFile(): void {
    this.#appender.flushSync();
    this.#bytesInAppender = 0;
  }
}

const MILLISECONDS_IN_DAY = 86_400_000;
