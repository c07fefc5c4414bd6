/**
 * Staged lines and the current snapshot become the next snapshot. Rules R1 to R4 of SPEC.md say which version of a
 * resource stands. Each table that changes is written anew, sorted by person (notes in the order in which they came), as one Parquet file; the
 * others keep theirs.
 */
import { closeSync, fsyncSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { ChartproofError, type Progress, syncFolder } from '../base/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { literal } from './duckdb.ts';
import type { Manifest } from './manifest.ts';
import { orderOf, preparations, resolvedTables, rowsOf } from './merge-sql.ts';
import { columnsOf, type ImportTable, importTableNames, noRows } from './rows.ts';
import type { Staging } from './staging.ts';

/** The tables that have staged rows, and the number of lines that stand by type. */
export interface Settled {
  readonly staged: ReadonlySet<ImportTable>;
  readonly stored: ReadonlyMap<string, number>;
}

/** Works out the lines that stand: the tables `won` and `replaced` of the staging database. */
export async function settleVersions(
  staging: Staging,
  workspace: Workspace,
  parent: Manifest | undefined,
): Promise<Settled> {
  const { connection } = staging;
  const staged = await staging.seal();
  for (const table of importTableNames) {
    const file = parent?.tables[table]?.file;
    const source = file === undefined ? noRows(columnsOf(table)) : `SELECT * FROM ${parquet(workspace, file)}`;
    await connection.run(`CREATE VIEW current_${table} AS ${source}`);
  }
  // Numbers only, as far as they go: the names of all resources are long.
  await connection.run(`
    CREATE TABLE line AS
    SELECT version, resource_id, resource_type, updated_ms, content, hash(src_id) AS name FROM staged_resource`);
  await refuseCollisions(connection);
  await connection.run(`
    CREATE TABLE won AS
    WITH latest AS (
      SELECT (max(updated_ms::HUGEINT * ${TWO_63} + version) & ${TWO_63 - 1n})::BIGINT AS version
      FROM line GROUP BY resource_id
    )
    SELECT line.version, line.resource_id, line.resource_type, before.resource_id IS NOT NULL AS replaces
    FROM latest
    JOIN line USING (version)
    LEFT JOIN current_resource before ON before.resource_id = line.resource_id
    WHERE before.resource_id IS NULL
       OR (before.content <> line.content AND line.updated_ms >= before.updated_ms)`);
  await connection.run(`
    CREATE TABLE replaced AS
    SELECT src_id FROM current_resource SEMI JOIN (SELECT resource_id FROM won WHERE replaces) USING (resource_id)`);
  const counts = await connection.runAndReadAll('SELECT resource_type, count(*) FROM won GROUP BY ALL');
  return { staged, stored: new Map(counts.getRows().map(([type, count]) => [String(type), Number(count)])) };
}

/** Time and version in one number: DuckDB spills groups of numbers to disk, but not groups of structs or texts. */
const TWO_63 = 2n ** 63n;

/** A hash of 63 bits could give two resources one id: then nothing is stored. */
async function refuseCollisions(connection: DuckDBConnection): Promise<void> {
  const found = await connection.runAndReadAll(`
    SELECT 1 FROM (SELECT resource_id, name FROM line UNION ALL
                   SELECT resource_id, hash(src_id) FROM current_resource SEMI JOIN line USING (resource_id))
    GROUP BY resource_id HAVING min(name) <> max(name) LIMIT 1`);
  if (found.currentRowCount > 0) {
    throw new ChartproofError('records.id-collision', 'Two resources have the same row id; nothing was imported.', {
      tip: 'This is a chance of one in billions. Please report it.',
    });
  }
}

/** What the next snapshot is made of. */
export interface NextSnapshot {
  readonly connection: DuckDBConnection;
  readonly staged: ReadonlySet<ImportTable>;
  readonly workspace: Workspace;
  readonly parent: Manifest | undefined;
  readonly snapshot: string;
  readonly progress: Progress;
}

/** Writes the tables of the next snapshot. Their files are on the disk when it returns. */
export async function writeTables(next: NextSnapshot): Promise<Manifest['tables']> {
  const { connection, workspace, parent, snapshot, progress } = next;
  const changed = await changedTables(next);
  for (const statement of preparations) await connection.run(statement);
  progress.step('Writing tables', changed.size);
  const tables: Manifest['tables'] = {};
  let done = 0;
  for (const table of importTableNames) {
    const before = parent?.tables[table];
    if (changed.has(table)) {
      const file = `${table}/${snapshot}.parquet`;
      const rows = await writeTable(connection, table, join(workspace.paths.records, file));
      if (rows > 0) tables[table] = { file, rows };
      progress.advance(++done);
    } else if (before) {
      tables[table] = before;
    }
  }
  return tables;
}

/** The tables that have new rows, or lose some, or take part in what another table says. */
async function changedTables({ connection, staged }: NextSnapshot): Promise<Set<ImportTable>> {
  if (await some(connection, 'SELECT 1 FROM replaced')) return new Set(importTableNames);
  const changed = new Set(staged);
  for (const [table, sources] of Object.entries(resolvedTables)) {
    if (sources.some((source) => staged.has(source))) changed.add(table as ImportTable);
  }
  return changed;
}

async function some(connection: DuckDBConnection, query: string): Promise<boolean> {
  return (await connection.runAndReadAll(`${query} LIMIT 1`)).currentRowCount > 0;
}

async function writeTable(connection: DuckDBConnection, table: ImportTable, path: string): Promise<number> {
  mkdirSync(dirname(path), { recursive: true });
  const inOrder = IN_ORDER_OF_INPUT.has(table);
  // DuckDB sorts on one core alone where it must keep an order besides.
  await connection.run(`SET preserve_insertion_order = ${inOrder}`);
  const order = inOrder ? '' : ` ORDER BY ${orderOf(table)}`;
  const query = `SELECT ${columnList(table)} FROM (${rowsOf(table)})${order}`;
  const rows = await copy(connection, query, table === 'note' ? NOTES_IN_GROUP : ROWS_IN_GROUP, path);
  if (rows === 0) rmSync(path);
  else toDisk(path);
  return rows;
}

/**
 * Tables that stay in the order in which their rows came. The sort keeps something of every row in memory, and fails at
 * some hundred thousand notes; of resources nobody asks by person.
 */
const IN_ORDER_OF_INPUT: ReadonlySet<ImportTable> = new Set(['note', 'resource']);

const ROWS_IN_GROUP = 65_536;
/** Notes are long: so many of them must fit into memory more than once. */
const NOTES_IN_GROUP = 4096;

async function copy(connection: DuckDBConnection, query: string, group: number, path: string): Promise<number> {
  const written = await connection.runAndReadAll(
    `COPY (${query}) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${group})`,
  );
  return Number(written.getRows()[0]?.[0]);
}

function columnList(table: ImportTable): string {
  return Object.keys(columnsOf(table)).join(', ');
}

function toDisk(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  syncFolder(dirname(path));
}

function parquet(workspace: Workspace, file: string): string {
  return `read_parquet(${literal(join(workspace.paths.records, file))})`;
}
