/**
 * Where the rows of an import wait until all is read: a DuckDB file of its own, so that memory does not grow with the
 * input. A row keeps the ordinal of its line (`version`), by which the merge takes the lines that stand. The file is
 * worth nothing after a crash; the next import removes it.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { openDuckDb } from './duckdb.ts';
import { columnsOf, type ImportTable, importTableNames } from './rows.ts';
import { StagedTable, type Values } from './staged-table.ts';
import type { Columns } from './tables.ts';

/** The staging database of one import. */
export interface Staging {
  readonly connection: DuckDBConnection;
  /** Adds a row to `staged_TABLE`. A column is taken from `values`, else from `provenance`, else it is empty. */
  append(table: ImportTable, version: bigint, values: Values, provenance: Values): void;
  /** Adds a table that only this import uses, such as the keys of a linkage; `version` is its first column. */
  scratch(name: string, columns: Columns): Promise<StagedTable>;
  /** Makes all rows so far visible to queries. */
  flush(): void;
  close(): void;
}

const LIMITS = { memory: '256MB', threads: 2 };

/** Opens an empty staging database in a folder. */
export async function openStaging(folder: string): Promise<Staging> {
  mkdirSync(folder, { recursive: true });
  const instance = await openDuckDb(join(folder, 'staging.duckdb'), LIMITS, join(folder, 'spill'));
  const connection = await instance.connect();
  const all: StagedTable[] = [];
  const scratch = async (name: string, columns: Columns): Promise<StagedTable> => {
    const list = Object.entries(columns).map(([column, type]) => `${column} ${type}`);
    await connection.run(`CREATE TABLE ${name} (version BIGINT, ${list.join(', ')})`);
    const table = new StagedTable(await connection.createAppender(name), columns);
    all.push(table);
    return table;
  };
  const tables = new Map<ImportTable, StagedTable>();
  for (const name of importTableNames) tables.set(name, await scratch(`staged_${name}`, columnsOf(name)));
  return {
    connection,
    append: (table, version, values, provenance) => tables.get(table)?.append(version, values, provenance),
    scratch,
    flush: () => {
      for (const table of all) table.flush();
    },
    close: () => {
      for (const table of all) table.close();
      connection.closeSync();
      instance.closeSync();
    },
  };
}
