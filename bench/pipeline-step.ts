/** One step of the demo in a process of its own, so that its peak memory is its own. Prints `{"seconds","peakMB"}`. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import Database from 'better-sqlite3';
import { silent } from '../src/base/index.ts';
import { demoOf } from '../src/cli/demo-steps.ts';
import { openRecords } from '../src/records/index.ts';
import { openWorkspace } from '../src/workspace/index.ts';

const [dir = '', patients = '', step = ''] = process.argv.slice(2);
const KILOBYTES_IN_MB = 1024;

const began = performance.now();
await work();
const seconds = (performance.now() - began) / 1000;
process.stdout.write(JSON.stringify({ seconds, peakMB: process.resourceUsage().maxRSS / KILOBYTES_IN_MB }));

async function work(): Promise<void> {
  if (step === 'raw-import') return rawImport(join(dir, 'input/institution/fhir'), join(dir, 'raw'));
  if (step === 'raw-index') return rawIndex(join(dir, 'raw'));
  const demo = demoOf({ dir, patients: Number(patients), seed: 1 });
  await demo.steps[Number(step)]?.run(silent);
}

/** The engine alone: DuckDB reads the same lines as JSON and writes them as Parquet. */
async function rawImport(from: string, to: string): Promise<void> {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  await connection.run(
    `COPY (SELECT json FROM read_ndjson_objects('${from}/*.ndjson')) TO '${to}/lines.parquet' (FORMAT parquet, COMPRESSION zstd)`,
  );
  instance.closeSync();
}

/** The engine alone: SQLite takes the same texts into a full-text index and nothing else. */
async function rawIndex(to: string): Promise<void> {
  mkdirSync(to, { recursive: true });
  rmSync(join(to, 'raw.sqlite'), { force: true });
  const database = new Database(join(to, 'raw.sqlite'));
  database.pragma('journal_mode = WAL');
  database.exec('CREATE VIRTUAL TABLE note USING fts5(text)');
  const insert = database.prepare('INSERT INTO note (text) VALUES (?)');
  const records = await openRecords(openWorkspace(dir));
  for await (const batch of records.batches<{ note_text: string }>('SELECT note_text FROM note')) {
    database.transaction(() => {
      for (const row of batch) insert.run(row.note_text);
    })();
  }
  records.close();
  database.close();
}
