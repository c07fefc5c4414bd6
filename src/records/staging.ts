/**
 * Where the rows of an import wait until all is read: a DuckDB file of its own, so that memory does not grow with the
 * input. A row keeps the ordinal of its line (`version`), by which the merge takes the lines that stand. The file is
 * worth nothing after a crash; the next import removes it.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  BIGINT,
  DATE,
  DOUBLE,
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBDateValue,
  type DuckDBInstance,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  VARCHAR,
} from '@duckdb/node-api';
import { openDuckDb } from './duckdb.ts';
import { type ColumnValue, columnsOf, type ImportTable, importTableNames } from './rows.ts';

type Values = Readonly<Record<string, ColumnValue>>;

/** The staging database of one import. */
export interface Staging {
  readonly connection: DuckDBConnection;
  /** Adds a row. A column is taken from `values`, else from `provenance`, else it is empty. */
  append(table: ImportTable, version: bigint, values: Values, provenance: Values): void;
  /** Makes all rows so far visible to queries. */
  flush(): void;
  close(): void;
}

const LIMITS = { memory: '512MB', threads: 2 };

/** Opens an empty staging database in a folder. */
export async function openStaging(folder: string): Promise<Staging> {
  mkdirSync(folder, { recursive: true });
  const instance = await openDuckDb(join(folder, 'staging.duckdb'), LIMITS, join(folder, 'spill'));
  const connection = await instance.connect();
  const writers = new Map<ImportTable, TableWriter>();
  for (const table of importTableNames) {
    const columns = Object.entries(columnsOf(table)).map(([name, type]) => `${name} ${type}`);
    await connection.run(`CREATE TABLE staged_${table} (version BIGINT, ${columns.join(', ')})`);
    writers.set(table, new TableWriter(await connection.createAppender(`staged_${table}`), table));
  }
  return {
    connection,
    append: (table, version, values, provenance) => writers.get(table)?.append(version, values, provenance),
    flush: () => {
      for (const writer of writers.values()) writer.flush();
    },
    close: () => closeAll(writers, connection, instance),
  };
}

function closeAll(
  writers: ReadonlyMap<ImportTable, TableWriter>,
  connection: DuckDBConnection,
  instance: DuckDBInstance,
): void {
  for (const writer of writers.values()) writer.close();
  connection.closeSync();
  instance.closeSync();
}

/** DuckDB's own vector size: a chunk holds no more. */
const CHUNK_ROWS = 2048;
/** Letters of text held back before they are handed to DuckDB, so that long notes do not pile up. */
const CHUNK_LETTERS = 4_000_000;
/** Letters of text that an appender may hold before they go to the file. */
const FLUSH_LETTERS = 32_000_000;

const TYPES = { BIGINT, INTEGER, DOUBLE, DATE, VARCHAR } as const;

/** Collects the rows of one table by column and hands them on in chunks. */
class TableWriter {
  readonly #appender: DuckDBAppender;
  readonly #names: readonly string[];
  readonly #types: readonly DuckDBType[];
  readonly #columns: DuckDBValue[][];
  #letters = 0;
  #lettersInAppender = 0;

  constructor(appender: DuckDBAppender, table: ImportTable) {
    const columns = columnsOf(table);
    this.#appender = appender;
    this.#names = Object.keys(columns);
    this.#types = [BIGINT, ...Object.values(columns).map((type) => TYPES[type])];
    this.#columns = this.#types.map(() => []);
  }

  append(version: bigint, values: Values, provenance: Values): void {
    this.#columns[0]?.push(version);
    for (const [at, name] of this.#names.entries()) {
      this.#columns[at + 1]?.push(this.#stored(values[name] ?? provenance[name] ?? null, this.#types[at + 1] === DATE));
    }
    if ((this.#columns[0]?.length ?? 0) >= CHUNK_ROWS || this.#letters > CHUNK_LETTERS) this.#handOn();
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
    this.#lettersInAppender += this.#letters;
    this.#letters = 0;
    if (this.#lettersInAppender > FLUSH_LETTERS) this.#toFile();
  }

  #toFile(): void {
    this.#appender.flushSync();
    this.#lettersInAppender = 0;
  }

  flush(): void {
    this.#handOn();
    this.#toFile();
  }

  close(): void {
    this.#appender.closeSync();
  }
}

const MILLISECONDS_IN_DAY = 86_400_000;
