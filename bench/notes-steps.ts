/** The steps of `notes.ts`, each run in a process of its own. */
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { type SnapshotId, silent } from '../src/base/index.ts';
import { publish } from '../src/notes/index-notes.ts';
import { readLexicon } from '../src/notes/lexicon.ts';
import { openToIndex } from '../src/notes/notes-database.ts';
import { addPostings } from '../src/notes/postings/add-postings.ts';
import { storeNotes } from '../src/notes/store-notes.ts';
import type { Records } from '../src/records/index.ts';
import { type CorpusNote, noteCorpus } from './note-corpus.ts';
import { measureQueries, type QueryFigures } from './note-queries.ts';

export type Step = 'store' | 'index' | 'fts5' | 'contentless' | 'queries';

export interface StepFigures {
  readonly seconds: number;
  /** Of the text that was stored, or of the index that was made. */
  readonly megabytes: number;
  readonly peakMB: number;
  readonly queries?: readonly QueryFigures[];
}

const MB = 1e6;
const KILOBYTES_IN_MB = 1024;

export async function runStep(
  step: Step,
  dir: string,
  notes: number,
  mtsamples: string | undefined,
  runs: number,
): Promise<StepFigures> {
  const begun = performance.now();
  const done = await STEPS[step](dir, notes, mtsamples, runs);
  const seconds = (performance.now() - begun - (done.apart ?? 0)) / 1000;
  const peakMB = process.resourceUsage().maxRSS / KILOBYTES_IN_MB;
  return { seconds, peakMB, megabytes: done.megabytes, ...(done.queries ? { queries: done.queries } : {}) };
}

interface Done {
  readonly megabytes: number;
  /** Milliseconds of what does not count. */
  readonly apart?: number;
  readonly queries?: readonly QueryFigures[];
}

const stored = (dir: string) => join(dir, 'stored.sqlite');
const indexed = (dir: string) => join(dir, 'indexed.sqlite');
const peer = (dir: string) => join(dir, 'fts5.sqlite');

const STEPS: Readonly<
  Record<Step, (dir: string, notes: number, mtsamples: string | undefined, runs: number) => Promise<Done>>
> = { store, index, fts5: (dir) => fts5(dir, 'text'), contentless: (dir) => fts5(dir, "text, content=''"), queries };

async function store(dir: string, notes: number, mtsamples: string | undefined): Promise<Done> {
  const database = openToIndex(stored(dir), readLexicon());
  await storeNotes(database, recordsOf(notes, mtsamples), silent);
  const megabytes = Number(database.prepare('SELECT sum(octet_length(text)) FROM body').pluck().get()) / MB;
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
  return { megabytes };
}

async function index(dir: string): Promise<Done> {
  const apart = copy(stored(dir), indexed(dir));
  const lexicon = readLexicon();
  const database = openToIndex(indexed(dir), lexicon);
  database.exec('CREATE TEMP TABLE seen AS SELECT id FROM note');
  await addPostings(database, lexicon, silent, () => publish(database, '0000000000000001' as SnapshotId));
  database.pragma('wal_checkpoint(TRUNCATE)');
  const megabytes = sizeOf(database, [
    'segment',
    'term',
    'posting',
    'paragraphs',
    'person',
    'sqlite_autoindex_person_1',
  ]);
  database.close();
  return { megabytes, apart };
}

const NOTES_AT_ONCE = 4000;

/** The text of all notes into an FTS5 table, within SQLite. */
async function fts5(dir: string, options: string): Promise<Done> {
  const path = options === 'text' ? peer(dir) : `${peer(dir)}-contentless`;
  const apart = copy(stored(dir), path);
  const database = openToIndex(path, readLexicon());
  database.exec(`CREATE VIRTUAL TABLE peer USING fts5(${options})`);
  const add = database.prepare('INSERT INTO peer (rowid, text) SELECT id, text FROM body WHERE id BETWEEN ? AND ?');
  const last = Number(database.prepare('SELECT max(id) FROM body').pluck().get());
  for (let first = 1; first <= last; first += NOTES_AT_ONCE) add.run(first, first + NOTES_AT_ONCE - 1);
  database.pragma('wal_checkpoint(TRUNCATE)');
  const megabytes = sizeOf(database, ['peer_data', 'peer_idx', 'peer_docsize']);
  database.close();
  return { megabytes, apart };
}

async function queries(dir: string, _notes: number, _mtsamples: string | undefined, runs: number): Promise<Done> {
  return { megabytes: 0, queries: measureQueries(indexed(dir), peer(dir), runs) };
}

function copy(from: string, to: string): number {
  const begun = performance.now();
  for (const end of ['', '-wal', '-shm']) rmSync(`${to}${end}`, { force: true });
  copyFileSync(from, to);
  return performance.now() - begun;
}

function sizeOf(database: Database.Database, names: readonly string[]): number {
  const size = database.prepare(
    `SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name IN (${names.map(() => '?').join(', ')})`,
  );
  return Number(size.pluck().get(...names)) / MB;
}

/** Records of which the only table is the corpus. */
function recordsOf(notes: number, mtsamples: string | undefined): Records {
  return {
    snapshot: '0000000000000001' as SnapshotId,
    all: async <Row>() => [{ notes: String(notes) }] as Row[],
    async *batches<Row>() {
      let batch: Row[] = [];
      for (const note of noteCorpus(notes, mtsamples)) {
        if (batch.push(rowOf(note) as Row) < NOTES_AT_ONCE) continue;
        yield batch;
        batch = [];
      }
      yield batch;
    },
    ids: async () => new BigInt64Array(),
    usedCodes: async () => ({ codes: '', rows: '' }),
    run: async () => {},
    lookIn: async () => {},
    close() {},
  };
}

function rowOf({ noteId, personId, date, type, title, specialty, author, text }: CorpusNote) {
  return {
    note_id: noteId,
    person_id: personId,
    note_date: date,
    note_date_source: date,
    type,
    title,
    specialty,
    author,
    sex: BigInt(personId) % 2n === 0n ? 'female' : 'male',
    birth: '1960',
    source: `DocumentReference/${noteId}`,
    text,
  };
}
