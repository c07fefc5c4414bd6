import { hash } from 'node:crypto';
import type Database from 'better-sqlite3';
import { dayRange, type Progress, parsePartialDate, type SnapshotId } from '../base/index.ts';
import type { Records } from '../records/index.ts';
import { type Workspace, withLock } from '../workspace/index.ts';
import { analyseNote } from './analyse-note.ts';
import { openToIndex } from './notes-database.ts';
import { encodeAnalysis } from './stored-analysis.ts';
import { tokenize } from './tokens.ts';

/**
 * What an indexing came to. `notes` stand in the snapshot; a note that changed counts as added and as removed. Both are 0
 * when the snapshot was indexed before.
 */
export interface Indexed {
  readonly notes: number;
  readonly added: number;
  readonly removed: number;
  readonly snapshot: SnapshotId;
}

/**
 * Brings `notes.sqlite` to the snapshot of the records. What is there already is kept, what is new is analysed, in
 * constant memory; killed at any moment and run again it gives the same. Error: `workspace.locked`.
 */
export function indexNotes(
  workspace: Workspace,
  records: Records,
  { progress }: { readonly progress: Progress },
): Promise<Indexed> {
  return withLock(workspace, 'notes', async () => {
    const database = openToIndex(workspace.paths.notes);
    try {
      const known = told(database, records.snapshot);
      if (known) return { ...known, added: 0, removed: 0 };
      await readAll(database, records, progress);
      return publish(database, records.snapshot);
    } finally {
      database.close();
    }
  });
}

/** Rows as the query below gives them; ids are decimal text. */
interface NoteRow {
  readonly note_id: string;
  readonly person_id: string;
  readonly note_date: string | null;
  readonly note_date_source: string | null;
  readonly type: string | null;
  readonly title: string | null;
  readonly specialty: string | null;
  readonly author: string | null;
  readonly source: string;
  readonly text: string | null;
}

const NOTES = `
  SELECT note_id, person_id, note_date, note_date_source, note_type_source_value AS type, note_title AS title,
    coalesce(specialty, author.its_specialty) AS specialty, author.name AS author, src_id AS source, note_text AS text
  FROM note LEFT JOIN (
    SELECT provider_id, min(provider_source_value) AS name, min(specialty_source_value) AS its_specialty
    FROM provider GROUP BY provider_id
  ) AS author USING (provider_id)
  WHERE person_id IS NOT NULL AND status IS DISTINCT FROM 'entered-in-error'`;

async function readAll(database: Database.Database, records: Records, progress: Progress): Promise<void> {
  const [count] = await records.all<{ notes: string }>('SELECT count(*) AS notes FROM note');
  progress.step('Indexing notes', Number(count?.notes ?? 0));
  database.exec('CREATE TEMP TABLE seen (id INTEGER PRIMARY KEY)');
  const store = storing(database);
  let done = 0;
  for await (const batch of records.batches<NoteRow>(NOTES)) {
    database.transaction(() => batch.forEach(store)).immediate();
    done += batch.length;
    progress.advance(done);
  }
}

/** Stores a note unless this very version is there, and marks it as seen. */
function storing(database: Database.Database): (row: NoteRow) => void {
  const number = nextNumber(database);
  const find = database
    .prepare<[bigint, Uint8Array], bigint>('SELECT id FROM note WHERE note_id = ? AND content = ? AND removed IS NULL')
    .pluck();
  const addNote = database.prepare(
    `INSERT INTO note (note_id, person_id, first_day, last_day, added, content, source, date, type, title, specialty, author)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const addBody = database.prepare('INSERT INTO body (id, text, analysis) VALUES (?, ?, ?)');
  const addWords = database.prepare('INSERT INTO word (rowid, words) VALUES (?, ?)');
  const see = database.prepare('INSERT OR IGNORE INTO temp.seen (id) VALUES (?)');
  return (row) => {
    const noteId = BigInt(row.note_id);
    const content = contentOf(row);
    const known = find.get(noteId, content);
    if (known !== undefined) {
      see.run(known);
      return;
    }
    const { first, last } = daysOf(row);
    const { source, note_date_source: date, type, title, specialty, author } = row;
    const about = [source, date, type, title, specialty, author];
    const text = row.text ?? '';
    const id = addNote.run(noteId, BigInt(row.person_id), first, last, number, content, ...about).lastInsertRowid;
    addBody.run(id, text, encodeAnalysis(analyseNote(text)));
    addWords.run(id, wordsOf(text));
    see.run(id);
  };
}

/** The days that the note's date may mean. */
function daysOf(row: NoteRow): { first: string | null; last: string | null } {
  const date = row.note_date === null ? undefined : parsePartialDate(row.note_date_source ?? row.note_date);
  const last = date === undefined ? row.note_date : dayRange(date).latest;
  return {
    first: row.note_date,
    last: last !== null && row.note_date !== null && last < row.note_date ? row.note_date : last,
  };
}

/** Each word once: where it stands is looked up in the text. */
function wordsOf(text: string): string {
  return [...new Set(tokenize(text).words)].join(' ');
}

function contentOf(row: NoteRow): Uint8Array {
  return hash('sha256', JSON.stringify(Object.values(row)), 'buffer').subarray(0, 16);
}

function nextNumber(database: Database.Database): bigint {
  return database.prepare<[], bigint>('SELECT coalesce(max(number), 0) + 1 FROM snapshot').pluck().get() ?? 1n;
}

/**
 * Closes what was not seen again, throws away what a killed run of another snapshot left, and names the snapshot, all
 * at once.
 */
function publish(database: Database.Database, snapshot: SnapshotId): Indexed {
  const number = nextNumber(database);
  const unseen = 'removed IS NULL AND id NOT IN (SELECT id FROM temp.seen)';
  database
    .transaction(() => {
      const left = `SELECT id FROM note WHERE added = ${number} AND ${unseen}`;
      database.exec(`DELETE FROM word WHERE rowid IN (${left})`);
      database.exec(`DELETE FROM body WHERE id IN (${left})`);
      database.exec(`DELETE FROM note WHERE added = ${number} AND ${unseen}`);
      database.exec(`UPDATE note SET removed = ${number} WHERE ${unseen}`);
      database
        .prepare('INSERT INTO snapshot (number, id, notes) SELECT ?, ?, count(*) FROM note WHERE removed IS NULL')
        .run(number, snapshot);
    })
    .immediate();
  const indexed = told(database, snapshot);
  if (!indexed) throw new Error('The snapshot was just named');
  return indexed;
}

/** What the indexing of a snapshot came to; `undefined` while it is not done. */
function told(database: Database.Database, snapshot: SnapshotId): Indexed | undefined {
  const row = database
    .prepare<[string], Record<'notes' | 'added' | 'removed', bigint>>(
      `SELECT notes, (SELECT count(*) FROM note WHERE added = number) AS added,
         (SELECT count(*) FROM note WHERE removed = number) AS removed
       FROM snapshot WHERE id = ?`,
    )
    .get(snapshot);
  return row && { notes: Number(row.notes), added: Number(row.added), removed: Number(row.removed), snapshot };
}
