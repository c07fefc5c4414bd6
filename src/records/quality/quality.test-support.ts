/** Records of rows that a test writes down, and what a check says of them. */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { dayRange, parsePartialDate, type SnapshotId } from '../../base/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { literal, openDuckDb } from '../duckdb.ts';
import { publishManifest } from '../manifest.ts';
import { openRecords } from '../open-records.ts';
import { newPlace } from '../records.test-support.ts';
import { type Columns, type TableName, tables } from '../tables.ts';
import { qualityChecks } from './all-checks.ts';
import { prepareChecks, resultOf } from './assess-quality.ts';
import { defaultQualityConfig, type QualityConfig } from './quality-config.ts';
import type { CheckResult } from './quality-report.ts';

/** Columns by name. A date may be partial: its text goes into the column beside it. What is left out is null. */
export type Row = Readonly<Record<string, string | number | null>>;
export type Rows = Readonly<Partial<Record<TableName, readonly Row[]>>>;

export const AS_OF = '2020-06-15';
const SNAPSHOT = '0123456789abcdef' as SnapshotId;

/** Makes the rows the records of a workspace. */
export async function writeRecords(workspace: Workspace, rows: Rows): Promise<void> {
  const instance = await openDuckDb(':memory:', { memory: '500MB', threads: 1 }, workspace.dir);
  const connection = await instance.connect();
  const written: Record<string, { file: string; rows: number }> = {};
  for (const [table, given] of Object.entries(rows)) {
    const columns: Columns = tables[table as TableName];
    const file = `${table}/${SNAPSHOT}.parquet`;
    const path = join(workspace.paths.records, file);
    mkdirSync(dirname(path), { recursive: true });
    const types = Object.entries(columns).map(([name, type]) => `${name} ${type}`);
    await connection.run(`CREATE TABLE ${table} (${types.join(', ')})`);
    for (const [at, row] of given.entries()) {
      const full = { src_file: 'rows.ndjson', src_line: at + 1, ...dated(row) };
      const values = Object.values(full).map((value) => (typeof value === 'string' ? literal(value) : String(value)));
      await connection.run(`INSERT INTO ${table} (${Object.keys(full).join(', ')}) VALUES (${values.join(', ')})`);
    }
    await connection.run(`COPY ${table} TO ${literal(path)} (FORMAT parquet)`);
    written[table] = { file, rows: given.length };
  }
  connection.closeSync();
  instance.closeSync();
  publishManifest(workspace, { snapshot: SNAPSHOT, parent: null, mapping: 1, tables: written, inputs: [] });
}

function dated(row: Row): Row {
  const whole: Record<string, string | number | null> = {};
  for (const [column, value] of Object.entries(row)) {
    const date = column.endsWith('_date') && value !== null ? parsePartialDate(String(value)) : undefined;
    whole[column] = date === undefined ? value : dayRange(date).earliest;
    if (date !== undefined) whole[`${column}_source`] = row[`${column}_source`] ?? date;
  }
  return whole;
}

/** What checks say of the rows, in the order of their ids. */
export async function verdictsOn(
  ids: readonly string[],
  rows: Rows,
  site: Partial<QualityConfig> = {},
): Promise<CheckResult[]> {
  using place = newPlace();
  await writeRecords(place.workspace, rows);
  const config = { ...defaultQualityConfig, ...site };
  const checks = qualityChecks({ asOf: AS_OF, limits: config.limits });
  const records = await openRecords(place.workspace);
  try {
    await prepareChecks(records, config);
    const results: CheckResult[] = [];
    for (const id of ids) {
      const check = checks.find((one) => one.id === id);
      if (!check) throw new Error(`no check ${id}`);
      results.push(await resultOf(records, check, config));
    }
    return results;
  } finally {
    records.close();
  }
}

/** What one check says of the rows. */
export async function verdictOn(id: string, rows: Rows, site: Partial<QualityConfig> = {}): Promise<CheckResult> {
  const [result] = await verdictsOn([id], rows, site);
  if (!result) throw new Error(`no verdict of ${id}`);
  return result;
}

/** The rows at fault, by their ids. */
export function faultsOf(result: CheckResult): string[] {
  return result.examples.map(({ row_id }) => row_id);
}
