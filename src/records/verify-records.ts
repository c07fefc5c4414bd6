import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { type Progress, type SnapshotId, silent } from '../base/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { literal, openDuckDb } from './duckdb.ts';
import { snapshotHistory } from './manifest.ts';
import { codesFilesOf } from './used-codes.ts';

/** A file of the records that is not what its snapshot says. `file` is relative to `records/`. */
export interface RecordsFault {
  readonly file: string;
  readonly snapshot: SnapshotId;
  /**
   * `unreadable`: missing or damaged; `rows`: it has another number of rows than was written; `derived`: it was made from the
   * codings and is not what they have, so that it may be removed.
   */
  readonly fault: 'unreadable' | 'rows' | 'derived';
}

/** What was checked, and what is wrong. */
export interface RecordsCheck {
  readonly snapshots: number;
  readonly files: number;
  readonly faults: readonly RecordsFault[];
}

const LIMITS = { memory: '500MB', threads: 2 };

/** Reads every file of every snapshot to its end and compares it with its manifest. Changes nothing. */
export async function verifyRecords(workspace: Workspace, progress: Progress = silent): Promise<RecordsCheck> {
  const history = snapshotHistory(workspace);
  const files = new Map<string, { readonly snapshot: SnapshotId; readonly rows: number }>();
  for (const { snapshot, tables } of history)
    for (const { file, rows } of Object.values(tables)) files.set(file, { snapshot, rows });
  const instance = await openDuckDb(':memory:', LIMITS, join(workspace.paths.records, 'spill'));
  const connection = await instance.connect();
  const faults: RecordsFault[] = [];
  progress.step('Reading files', files.size);
  let read = 0;
  try {
    for (const [file, { snapshot, rows }] of files) {
      progress.advance(++read);
      const found = await rowsIn(connection, join(workspace.paths.records, file));
      if (found !== rows) faults.push({ file, snapshot, fault: found === undefined ? 'unreadable' : 'rows' });
      else if (await isDerivedWrongly(connection, workspace.paths.records, file))
        faults.push({ file: codesFilesOf(file).rows, snapshot, fault: 'derived' });
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  return { snapshots: history.length, files: files.size, faults };
}

/** Counts rows by reading all of them: the number alone stands at the end of a Parquet file, whatever came before. */
async function rowsIn(connection: DuckDBConnection, path: string): Promise<number | undefined> {
  try {
    const read = await connection.runAndReadAll(`SELECT count(hash(row)) FROM read_parquet(${literal(path)}) row`);
    return Number(read.getRows()[0]?.[0]);
  } catch {
    return undefined; // what is wrong with it is not told: the message may hold what stands in the file
  }
}

/** Whether what is kept beside a file of codings, if anything, is not what it has. */
async function isDerivedWrongly(connection: DuckDBConnection, records: string, file: string): Promise<boolean> {
  const kept = codesFilesOf(join(records, file));
  if (!existsSync(kept.rows) || !existsSync(kept.codes)) return false;
  const columns = 'table_name, vocabulary_id, code, person_id, row_id';
  const told = (rows: string): string =>
    `SELECT count(*) AS n, bit_xor(hash(${columns})) AS sum FROM ${rows} WHERE vocabulary_id IS NOT NULL AND code IS NOT NULL`;
  const codings = told(`read_parquet(${literal(join(records, file))})`);
  const derived = told(
    `read_parquet(${literal(kept.rows)}) JOIN read_parquet(${literal(kept.codes)}) codes USING (code_id)`,
  );
  try {
    const read = await connection.runAndReadAll(`${codings} INTERSECT ${derived}`);
    return read.currentRowCount !== 1;
  } catch {
    return true; // unreadable; why is not told, as above
  }
}
