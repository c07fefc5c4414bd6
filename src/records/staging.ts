/**
 * Where the rows of an import wait until all is read: files of rows ({@link RowFile}) and a DuckDB file beside them for
 * what the merge works out, so that memory does not grow with the input. A row keeps the ordinal of its line
 * (`version`), by which the merge takes the lines that stand. The folder is worth nothing after a crash; the next import
 * removes it.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { openDuckDb } from './duckdb.ts';
import { RowFile, readRows, type WrittenRows } from './row-file.ts';
import { columnsOf, type ImportTable, importTableNames, noRows } from './rows.ts';
import type { Columns } from './tables.ts';

/** The staging of one import. `staged_TABLE` has `version` and the columns of the table. */
export interface Staging {
  readonly folder: string;
  readonly connection: DuckDBConnection;
  /** Takes rows that were written elsewhere, by table; those of a table stand in the order in which they are added. */
  addAll(rows: Readonly<Partial<Record<ImportTable, WrittenRows>>>): void;
  /** Says with a query what `staged_TABLE` is, instead of files. */
  define(table: ImportTable, query: string): void;
  /** A file for a table that only this import uses, such as the keys of a linkage. */
  scratch(name: string, columns: Columns): RowFile;
  /** Makes the table of a scratch file, which it closes. */
  load(name: string, file: RowFile, columns: Columns): Promise<void>;
  /** Makes `staged_TABLE` of every table. Those that have rows. */
  seal(): Promise<ReadonlySet<ImportTable>>;
  close(): void;
}

const LIMITS = { memory: '600MB', threads: 2 };

/** Opens an empty staging in a folder. */
export async function openStaging(folder: string): Promise<Staging> {
  mkdirSync(folder, { recursive: true, mode: 0o700 }); // the rows of all stand in it as text
  const instance = await openDuckDb(join(folder, 'staging.duckdb'), LIMITS, join(folder, 'spill'));
  const connection = await instance.connect();
  const files = new Map<ImportTable, WrittenRows[]>();
  const queries = new Map<ImportTable, string>();
  return {
    folder,
    connection,
    addAll: (rows) => {
      for (const [table, written] of Object.entries(rows)) {
        files.set(table as ImportTable, [...(files.get(table as ImportTable) ?? []), written]);
      }
    },
    define: (table, query) => {
      queries.set(table, query);
    },
    scratch: (name, columns) => new RowFile(join(folder, `${name}.csv`), columns),
    load: async (name, file, columns) => {
      await connection.run(`CREATE TABLE ${name} AS SELECT * FROM ${readRows([file.close()], columns)}`);
    },
    seal: async () => {
      for (const table of importTableNames) {
        const written = files.get(table);
        const query =
          queries.get(table) ??
          (written
            ? `SELECT * FROM ${readRows(written, columnsOf(table))}`
            : noRows({ version: 'BIGINT', ...columnsOf(table) }));
        await connection.run(`CREATE VIEW staged_${table} AS ${query}`);
      }
      return new Set([...files.keys(), ...queries.keys()]);
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
