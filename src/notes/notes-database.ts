/**
 * `notes.sqlite`: the text of notes, what was worked out of it, and which words it has. It is derived from the records
 * and can be made anew.
 *
 * A version of a note is one row, never changed. Snapshots are numbered in the order in which they were indexed; a row
 * stands in those from number `added` up to, and without, number `removed`. So every snapshot that was ever indexed can
 * be read, a reader is not disturbed by an indexing that goes on, and one that was killed shows in no snapshot: the
 * row of table `snapshot` is written last.
 *
 * `word` holds the folded words of each note (tokens.ts), not their places: it finds candidates, which are then read.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { ChartproofError, sha256 } from '../base/index.ts';

/** Changed with the tables below, and whenever the same text would be analysed in another way. */
const FORMAT = 1;

const SCHEMA = `
  CREATE TABLE analysis (version TEXT NOT NULL) STRICT;
  CREATE TABLE snapshot (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, notes INTEGER NOT NULL) STRICT;
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
    author TEXT
  ) STRICT;
  CREATE INDEX note_of_person ON note (person_id, first_day IS NULL, first_day, note_id, added, removed);
  CREATE INDEX note_now ON note (note_id) WHERE removed IS NULL;
  CREATE INDEX note_by_source ON note (source);
  CREATE TABLE body (id INTEGER PRIMARY KEY, text TEXT NOT NULL, analysis BLOB NOT NULL) STRICT;
  CREATE VIRTUAL TABLE word USING fts5 (
    words, content='', contentless_delete=1, detail='none', tokenize='ascii'
  );
  INSERT INTO word (word, rank) VALUES ('hashsize', 16777216);
`;

/** Opens the file for indexing. One of another version, or one that cannot be read, is made anew. */
export function openToIndex(path: string): Database.Database {
  if (stateOf(path) === 'unusable') removeDatabase(path);
  const isNew = stateOf(path) === 'empty';
  const database = connect(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL'); // a power cut may lose the last batches, which the next run makes again
  if (isNew) {
    database
      .transaction(() => {
        database.exec(SCHEMA);
        database.prepare('INSERT INTO analysis (version) VALUES (?)').run(analysisVersion());
      })
      .exclusive();
  }
  return database;
}

/** Opens the file for reading; `notes.not-indexed` where it is missing or of another version. */
export function openToRead(path: string): Database.Database {
  if (stateOf(path) !== 'usable') throw notIndexed(path);
  return connect(path);
}

/** The error of whoever would read what is not there yet. */
export function notIndexed(path: string): ChartproofError {
  return new ChartproofError(
    'notes.not-indexed',
    'The notes of these records have not been indexed, or not to the end.',
    {
      tip: 'Import again, which goes on where it stopped: chartproof import fhir PATH',
      place: { file: path },
    },
  );
}

const WAIT_MS = 10_000;
const CACHE_KIB = 65_536;

function connect(path: string): Database.Database {
  const database = new Database(path, { timeout: WAIT_MS });
  database.defaultSafeIntegers(true);
  database.pragma(`cache_size = -${CACHE_KIB}`);
  database.pragma('temp_store = FILE');
  return database;
}

/** `empty`: no file, or one without tables, as a run leaves it that was killed at once. */
function stateOf(path: string): 'empty' | 'usable' | 'unusable' {
  if (!existsSync(path)) return 'empty';
  const database = new Database(path, { timeout: WAIT_MS, fileMustExist: true });
  try {
    if (!database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'snapshot'").get()) return 'empty';
    return versionOf(database) === analysisVersion() ? 'usable' : 'unusable';
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
  return error instanceof Database.SqliteError && /^SQLITE_(?:NOTADB|CORRUPT|ERROR)/.test(error.code);
}

function removeDatabase(path: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
}

let version: string | undefined;

/** A note analysed with other words is another analysis. */
function analysisVersion(): string {
  if (version === undefined) {
    const folder = new URL('./lexicon/', import.meta.url);
    const lexicon = readdirSync(folder)
      .sort()
      .map((name) => readFileSync(new URL(name, folder), 'utf8'));
    version = `${FORMAT}-${sha256(lexicon.join('\n')).slice(0, 16)}`;
  }
  return version;
}
