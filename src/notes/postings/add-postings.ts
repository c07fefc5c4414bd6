/**
 * Puts stored notes into postings: runs of some thousand notes are made in threads and laid aside as files; in the end all
 * runs become one segment, word by word, with the small segments before it. Memory grows by a read buffer for each run and by
 * some bytes for each note, not with their text. What is killed leaves notes without postings, and perhaps files, which the next indexing throws away first.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type Database from 'better-sqlite3';
import { Piscina } from 'piscina';
import type { Progress } from '../../base/index.ts';
import type { Lexicon } from '../lexicon.ts';
import { runsFolder } from '../notes-database.ts';
import { makeRun, type RunParagraphs, type RunTask } from './make-run.ts';
import { addSegment, type Batch, runPath } from './segments.ts';

/** Throws away what is stored of notes that are in no segment. */
export function dropUnfinished(database: Database.Database): void {
  const last = lastIndexed(database);
  database
    .transaction(() => {
      for (const table of ['note', 'body', 'paragraphs']) database.exec(`DELETE FROM ${table} WHERE id > ${last}`);
    })
    .immediate();
}

/**
 * Makes the postings of all notes that have none and calls `publish`, all in one transaction. The database must be at
 * rest: threads read its file.
 */
export async function addPostings(
  database: Database.Database,
  lexicon: Lexicon,
  progress: Progress,
  publish: () => void,
): Promise<void> {
  const batches = batchesFrom(database, lastIndexed(database) + 1);
  const folder = runsFolder(database.name);
  mkdirSync(folder, { mode: 0o700 });
  try {
    if (batches.length > 0) await makeRuns(database, folder, batches, lexicon, progress);
    database
      .transaction(() => {
        if (batches.length > 0) addSegment(database, batches, folder);
        publish();
      })
      .immediate();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function lastIndexed(database: Database.Database): number {
  return Number(database.prepare('SELECT coalesce(max(first + notes - 1), 0) FROM segment').pluck().get());
}

/** A thread holds some ten times as much while it works. */
const BATCH_BYTES = 8 << 20;

interface SizedBatch extends Batch {
  readonly bytes: number;
}

function batchesFrom(database: Database.Database, from: number): SizedBatch[] {
  const rows = database
    .prepare<number[], { id: number; bytes: number }>('SELECT id, octet_length(text) AS bytes FROM body WHERE id >= ?')
    .safeIntegers(false);
  const batches: SizedBatch[] = [];
  let batch: SizedBatch | undefined;
  for (const { id, bytes } of rows.iterate(from)) {
    batch = { first: batch?.first ?? id, last: id, bytes: (batch?.bytes ?? 0) + bytes };
    if (batch.bytes < BATCH_BYTES) continue;
    batches.push(batch);
    batch = undefined;
  }
  return batch ? [...batches, batch] : batches;
}

async function makeRuns(
  database: Database.Database,
  folder: string,
  batches: readonly SizedBatch[],
  lexicon: Lexicon,
  progress: Progress,
): Promise<void> {
  const addParagraphs = database.prepare('INSERT INTO paragraphs (id, bytes) VALUES (?, ?)');
  const pool = poolFor(batches, lexicon);
  progress.step(
    'Indexing notes',
    batches.reduce((sum, { first, last }) => sum + last - first + 1, 0),
  );
  let done = 0;
  try {
    await inParallel(batches, pool.threads + 1, async ({ first, last }) => {
      const run = runPath(folder, first);
      const { bytes, ends } = await pool.run({ path: database.name, first, last, run });
      database.transaction(() => {
        ends.forEach((end, i) => {
          const before = ends[i - 1] ?? 0;
          if (end > before) addParagraphs.run(first + i, bytes.subarray(before, end));
        });
      })();
      done += last - first + 1;
      progress.advance(done);
    });
  } finally {
    await pool.close();
  }
}

/** What is indexed sooner than a thread is up. */
const SMALL = 2 << 20;
/** Each thread holds some 200 MB. */
const MOST_THREADS = 8;
/** What is made of a note lives briefly: with more room less of it is still there when memory is looked through. */
const YOUNG_MB = 64;

function poolFor(batches: readonly SizedBatch[], lexicon: Lexicon) {
  const bytes = batches.reduce((sum, batch) => sum + batch.bytes, 0);
  if (bytes < SMALL) return { threads: 1, run: async (task: RunTask) => makeRun(task, lexicon), close: async () => {} };
  const threads = Math.min(MOST_THREADS, availableParallelism(), batches.length);
  const filename = new URL('./make-run.ts', import.meta.url).href;
  const pool = new Piscina<RunTask, RunParagraphs>({
    filename,
    maxThreads: threads,
    minThreads: threads,
    workerData: lexicon,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  return { threads, run: (task: RunTask) => pool.run(task), close: () => pool.destroy() };
}

/** Does the work on each, at most so many at a time. */
async function inParallel<T>(list: readonly T[], most: number, work: (one: T) => Promise<void>): Promise<void> {
  const rest = list.values();
  await Promise.all(
    Array.from({ length: most }, async () => {
      for (const one of rest) await work(one);
    }),
  );
}
