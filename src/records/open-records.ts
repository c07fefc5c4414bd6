/**
 * Reading the records: DuckDB in this process, one view a table, on the Parquet files of one snapshot. Each call of
 * {@link openRecords} has a DuckDB of its own: what is created in one is not seen in another.
 */
import { join } from 'node:path';
import {
  type DuckDBConnection,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  type DuckDBMaterializedResult,
  DuckDBStructValue,
  type DuckDBType,
  type DuckDBValue,
  LIST,
  listValue,
  VARCHAR,
} from '@duckdb/node-api';
import { ChartproofError, once, type SnapshotId } from '../base/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { literal, openDuckDb } from './duckdb.ts';
import { lender } from './lender.ts';
import { type Manifest, readManifest, readSnapshot } from './manifest.ts';
import { noRows } from './rows.ts';
import { type Columns, type TableName, tables } from './tables.ts';
import { createUsedCodes, type UsedCodes } from './used-codes.ts';

/** A value for a `$1` or `$name` of a query. An id is its decimal text; a list goes with `list_contains($1, x)`. */
export type Parameter = string | number | bigint | boolean | null | readonly (string | number | bigint)[];
export type Parameters = readonly Parameter[] | Readonly<Record<string, Parameter>>;

/** The records of one snapshot. */
export interface Records {
  readonly snapshot: SnapshotId;
  /**
   * The rows of a query. BIGINT (also `count(*)`) comes as decimal text, DATE as `YYYY-MM-DD`, INTEGER and DOUBLE as
   * numbers, lists and structs as arrays and objects, what has no value as `null`.
   */
  all<Row = Record<string, unknown>>(sql: string, parameters?: Parameters): Promise<Row[]>;
  /** The ids of a query of one BIGINT column, ascending: a million of them take a moment, and little memory. */
  ids(sql: string): Promise<BigInt64Array>;
  /** {@link all}, some two thousand rows at a time, for what does not fit into memory. Whoever asks meanwhile waits. */
  batches<Row = Record<string, unknown>>(sql: string, parameters?: Parameters): AsyncGenerator<Row[]>;
  /** The codings by their code, in tables that are made, if need be, when they are first asked for. */
  usedCodes(): Promise<UsedCodes>;
  /** Runs statements that give no rows, such as CREATE TABLE. Not of what is one connection's own: TEMP, SET. */
  run(sql: string, parameters?: Parameters): Promise<void>;
  /** Names without a schema are then looked for in this one first. Before anything else goes on. */
  lookIn(schema: string): Promise<void>;
  close(): void;
}

const LIMITS = { memory: '1GB', threads: 2 };

/**
 * Opens a snapshot, the current one unless another is named. Close it. The tables `ofCurrent` can be read as they stand in
 * the current snapshot too, in the schema `latest`: what has to hold now, whatever snapshot is read.
 * Errors: `records.none` (nothing is imported), `records.no-snapshot`, `records.file-unreadable`.
 */
export async function openRecords(
  workspace: Workspace,
  snapshot?: SnapshotId,
  ofCurrent: readonly TableName[] = [],
): Promise<Records> {
  const current = readManifest(workspace);
  const manifest = snapshot === undefined ? current : readSnapshot(workspace, snapshot);
  if (!manifest || !current) {
    throw new ChartproofError('records.none', 'This workspace has no records yet.', {
      tip: 'Import some: chartproof import fhir PATH',
      place: { file: workspace.dir },
    });
  }
  const opened = await openSchemas(workspace, [
    { schema: 'main', manifest, tables: Object.keys(tables) as TableName[] },
    { schema: 'latest', manifest: current, tables: ofCurrent },
  ]);
  const usedCodes = once(() => createUsedCodes(opened, workspace, manifest, USED_CODES).then(() => USED_CODES));
  return { snapshot: manifest.snapshot, ...opened, usedCodes };
}

const USED_CODES: UsedCodes = { codes: 'main.used_code', rows: 'main.coded_row' };

/** Tables of one snapshot, as views in a schema. */
export interface Shown {
  readonly schema: string;
  readonly manifest: Manifest;
  readonly tables: readonly TableName[];
}

/** Schemas that were opened, and what they were opened with. */
export type OpenSchemas = Omit<Records, 'snapshot' | 'usedCodes'>;

/** Opens tables of several snapshots beside one another. Close it. Error: `records.file-unreadable`. */
export async function openSchemas(workspace: Workspace, shown: readonly Shown[]): Promise<OpenSchemas> {
  const instance = await openDuckDb(':memory:', LIMITS, join(workspace.paths.records, 'spill'));
  const connections: DuckDBConnection[] = [];
  const close = (): void => {
    for (const connection of connections) connection.closeSync();
    instance.closeSync();
  };
  try {
    const first = await instance.connect();
    connections.push(first);
    for (const one of shown) await createViews(first, workspace, one);
    while (connections.length < LIMITS.threads) connections.push(await instance.connect());
  } catch (error) {
    close();
    throw error;
  }
  const lend = lender(connections);
  const withOne = async <Result>(work: (connection: DuckDBConnection) => Promise<Result>): Promise<Result> => {
    const { item, giveBack } = await lend();
    try {
      return await work(item);
    } finally {
      giveBack();
    }
  };
  async function* batches(sql: string, parameters?: Parameters) {
    const { item, giveBack } = await lend();
    try {
      yield* rowsInBatches(item, sql, parameters);
    } finally {
      giveBack();
    }
  }
  return {
    batches: batches as Records['batches'],
    all: async <Row>(sql: string, parameters?: Parameters) => {
      const rows: Row[] = [];
      for await (const batch of batches(sql, parameters)) for (const row of batch) rows.push(row as Row);
      return rows;
    },
    ids: async (sql) => idsOf(await withOne((connection) => connection.run(sql))),
    run: async (sql, parameters) => {
      await withOne((connection) => connection.run(sql, ...bound(parameters)));
    },
    lookIn: async (schema) => {
      for (const connection of connections) await connection.run(`SET search_path = '${schema}'`);
    },
    close,
  };
}

async function createViews(
  connection: DuckDBConnection,
  workspace: Workspace,
  { schema, manifest, tables: names }: Shown,
): Promise<void> {
  await connection.run(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
  const views = names.map((table) => {
    const rows = viewOf(workspace, manifest, table, tables[table]);
    return { table, sql: `CREATE OR REPLACE VIEW ${schema}.${table} AS ${rows}` };
  });
  // All at once is quicker; where that fails, one by one, to name the file.
  const areMade = await connection.run(views.map(({ sql }) => sql).join(';')).then(
    () => true,
    () => false,
  );
  if (areMade) return;
  for (const { table, sql } of views) {
    try {
      await connection.run(sql);
    } catch (cause) {
      throw new ChartproofError('records.file-unreadable', 'A file of the records is missing or was changed.', {
        tip: 'Restore records/ from a backup, or import everything again into a new workspace.',
        place: { file: join(workspace.paths.records, manifest.tables[table]?.file ?? table) },
        cause,
      });
    }
  }
}

function viewOf(workspace: Workspace, manifest: Manifest, table: TableName, columns: Columns): string {
  const file = manifest.tables[table]?.file;
  if (file !== undefined) return `SELECT * FROM read_parquet(${literal(join(workspace.paths.records, file))})`;
  return noRows(columns);
}

/** The rows of a query, some two thousand at a time, with values as {@link Records.all} gives them. */
export async function* rowsInBatches(
  connection: DuckDBConnection,
  sql: string,
  parameters?: Parameters,
): AsyncGenerator<Record<string, unknown>[]> {
  const result = await connection.stream(sql, ...bound(parameters));
  const names = result.deduplicatedColumnNames();
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const columns = chunk.getColumns();
    const rows: Record<string, unknown>[] = Array.from({ length: chunk.rowCount }, () => ({}));
    for (const [at, name] of names.entries()) {
      const column = columns[at] ?? [];
      for (const [index, row] of rows.entries()) row[name] = plain(column[index] ?? null);
    }
    yield rows;
  }
}

/** Of a result that is complete, so that whoever asks next does not wait for the reading. */
async function idsOf(result: DuckDBMaterializedResult): Promise<BigInt64Array> {
  const ids = new BigInt64Array(result.rowCount);
  let count = 0;
  for (const chunk of await result.fetchAllChunks()) {
    // One by one: an array of a column's values takes longer to make than to read them.
    const column = chunk.getColumnVector(0);
    for (let at = 0; at < column.itemCount; at += 1) {
      const id = column.getItem(at);
      if (typeof id === 'bigint') ids[count++] = id;
    }
  }
  return ids.subarray(0, count).sort();
}

function plain(value: DuckDBValue): unknown {
  if (value === null || typeof value !== 'object') return typeof value === 'bigint' ? value.toString() : value;
  if (value instanceof DuckDBDateValue) return value.toString();
  if (value instanceof DuckDBListValue) return value.items.map(plain);
  if (value instanceof DuckDBStructValue) {
    return Object.fromEntries(Object.entries(value.entries).map(([name, inner]) => [name, plain(inner)]));
  }
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  return value.toString();
}

type Bound = readonly [values?: Record<string, DuckDBValue>, types?: Record<string, DuckDBType>];

/** Values with their types: DuckDB takes the type of a list from its items, which an empty one does not have. */
function bound(parameters: Parameters | undefined): Bound {
  if (parameters === undefined) return [];
  const named = isList(parameters) ? Object.fromEntries(parameters.map((value, at) => [at + 1, value])) : parameters;
  const entries = Object.entries(named);
  const empty = entries.filter(([, value]) => isList(value) && value.length === 0);
  return [
    Object.fromEntries(entries.map(([name, value]) => [name, boundValue(value)])),
    Object.fromEntries(empty.map(([name]) => [name, LIST(VARCHAR)])),
  ];
}

function boundValue(value: Parameter): DuckDBValue {
  return isList(value) ? listValue([...value]) : value;
}

/** `Array.isArray` does not know readonly arrays. */
function isList<Item>(value: readonly Item[] | unknown): value is readonly Item[] {
  return Array.isArray(value);
}
