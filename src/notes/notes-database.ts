/**
 * `notes.sqlite`: the text of notes, and where each word stands in them. It is derived from the records and can be made anew.
 *
 * A version of a note is one row, never changed; rows are numbered from 1 without gaps. Snapshots are numbered in the order in
 * which they were indexed; a row stands in those from number `added` up to, and without, number `removed`. So every snapshot
 * that was ever indexed can be read, a reader is not disturbed by an indexing that goes on, and one that was killed shows in
 * no snapshot: the row of table `snapshot` is written last, together with the postings of its notes.
 *
 * A `segment` has the postings (postings/posting.ts) of consecutive notes, and what is asked of many notes at once, one number
 * a note: person, days, age, sex. `term` finds a posting by its word; it is the vocabulary.
 */
import { existsSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { ChartproofError } from '../base/index.ts';
import type { Lexicon } from './lexicon.ts';

/** Changed with the tables below, and whenever the same text would be analysed in another way. */
const FORMAT = 2;

const SCHEMA = `
  CREATE TABLE analysis (version TEXT NOT NULL) STRICT;
  CREATE TABLE snapshot (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, notes INTEGER NOT NULL, last INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE note (
    id INTEGER PRIMARY KEY,
    note_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    first_day TEXT,
    last_day TEXT,
    added INTEGER NOT NULL,
    removed INTEGER,
    content BLOB NOT NULL,
    source TEXT NOT NULL,
    date TEXT,
    type TEXT,
    title TEXT,
    specialty TEXT,
    author TEXT,
    sex TEXT,
    youngest INTEGER,
    oldest INTEGER
  ) STRICT;
  CREATE INDEX note_of_person ON note (person_id, first_day IS NULL, first_day, note_id, added, removed);
  CREATE INDEX note_now ON note (note_id) WHERE removed IS NULL;
  CREATE INDEX note_gone ON note (removed) WHERE removed IS NOT NULL;
  CREATE INDEX note_by_source ON note (source);
  CREATE TABLE person (id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL UNIQUE) STRICT;
  CREATE TABLE body (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
  CREATE TABLE segment (
    id INTEGER PRIMARY KEY,
    first INTEGER NOT NULL,
    notes INTEGER NOT NULL,
    columns BLOB NOT NULL
  ) STRICT;
  CREATE TABLE term (
    segment INTEGER NOT NULL,
    term TEXT NOT NULL,
    notes INTEGER NOT NULL,
    mentions INTEGER NOT NULL,
    last INTEGER NOT NULL,
    bytes BLOB,
    posting INTEGER,
    PRIMARY KEY (segment, term)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE posting (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
  CREATE TABLE paragraphs (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
`;

/** Opens the file for indexing. One of another version, or one that cannot be read, is made anew. */
export function openToIndex(path: string, lexicon: Lexicon): Database.Database {
  remove(path, [RUNS]);
  if (stateOf(path, lexicon) === 'unusable') removeDatabase(path);
  const isNew = stateOf(path, lexicon) === 'empty';
  const database = connect(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL'); // a power cut may lose the last batches, which the next run makes again
  if (isNew) {
    database
      .transaction(() => {
        database.exec(SCHEMA);
        database.prepare('INSERT INTO analysis (version) VALUES (?)').run(analysisVersion(lexicon));
      })
      .exclusive();
  }
  return database;
}

/** Opens the file for reading; `notes.not-indexed` where it is missing or of another version. */
export function openToRead(path: string, lexicon: Lexicon): Database.Database {
  if (stateOf(path, lexicon) !== 'usable') throw notIndexed(path);
  return connect(path);
}

/** The error of whoever would read what is not there yet. */
export function notIndexed(path: string): ChartproofError {
  return new ChartproofError(
    'notes.not-indexed',
    'The notes of these records have not been indexed, or not to the end.',
    {
      tip: 'Index them, which goes on where it stopped: chartproof index',
      place: { file: path },
    },
  );
}

/** The error in place of one of a file that is damaged within, which is seen only where it is read; any other as it is. */
export function damageOr(error: unknown, path: string): unknown {
  if (!isDamage(error)) return error;
  return new ChartproofError('notes.damaged', 'The index of the notes is damaged.', {
    tip: 'Make it anew from the records: chartproof index --rebuild',
    place: { file: path },
    cause: error,
  });
}

function isDamage(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(?:NOTADB|CORRUPT)/.test(error.code);
}

const WAIT_MS = 10_000;
const CACHE_KIB = 65_536;

function connect(path: string): Database.Database {
  const database = new Database(path, { timeout: WAIT_MS });
  database.defaultSafeIntegers(true);
  database.unsafeMode(true); // rows are read while others are written: never those that are read
  database.pragma(`cache_size = -${CACHE_KIB}`);
  database.pragma('temp_store = FILE');
  return database;
}

/** `empty`: no file, or one without tables, as a run leaves it that was killed at once. */
function stateOf(path: string, lexicon: Lexicon): 'empty' | 'usable' | 'unusable' {
  if (!existsSync(path)) return 'empty';
  const database = new Database(path, { timeout: WAIT_MS, fileMustExist: true });
  try {
    if (!database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'snapshot'").get()) return 'empty';
    return versionOf(database) === analysisVersion(lexicon) ? 'usable' : 'unusable';
  } catch (error) {
    if (isBroken(error)) return 'unusable';
    throw error;
  } finally {
    database.close();
  }
}

function versionOf(database: Database.Database): unknown {
  return database.prepare('SELECT version FROM analysis').pluck().get();
}

function isBroken(error: unknown): boolean {
  return isDamage(error) || (error instanceof Database.SqliteError && error.code === 'SQLITE_ERROR');
}

/** Takes the file away with all that stands beside it. */
export function removeDatabase(path: string): void {
  remove(path, ['', '-wal', '-shm', RUNS]);
}

/** The folder in which an indexing works; one that is killed, even at its last moment, leaves it beside the file. */
const RUNS = '-runs';

/** Where an indexing of the file works, and nobody else. */
export function runsFolder(path: string): string {
  return `${path}${RUNS}`;
}

function remove(path: string, ends: readonly string[]): void {
  for (const end of ends) rmSync(`${path}${end}`, { recursive: true, force: true });
}

/** A note analysed with other words is another analysis. */
function analysisVersion(lexicon: Lexicon): string {
  return `${FORMAT}-${lexicon.version}`;
}
