/** Stores the notes of a snapshot: a version that is there already is kept, a new one gets a row and its text. */
import { hash } from 'node:crypto';
import type Database from 'better-sqlite3';
import {
  dayRange,
  type NumberRange,
  type PartialDate,
  type Progress,
  parsePartialDate,
  yearsBetween,
} from '../base/index.ts';
import type { Records } from '../records/index.ts';

/** Rows as the query below gives them; ids are decimal text. */
export interface NoteRow {
  readonly note_id: string;
  readonly person_id: string;
  readonly note_date: string | null;
  readonly note_date_source: string | null;
  readonly type: string | null;
  readonly title: string | null;
  readonly specialty: string | null;
  readonly author: string | null;
  readonly sex: string | null;
  /** The patient's birth date as the source has it. */
  readonly birth: string | null;
  readonly source: string;
  readonly text: string | null;
}

const NOTES = `
  SELECT note_id, person_id, note_date, note_date_source, note_type_source_value AS type, note_title AS title,
    coalesce(specialty, author.its_specialty) AS specialty, author.name AS author, sex,
    birth, note.src_id AS source, note_text AS text
  FROM note LEFT JOIN (
    SELECT provider_id, min(provider_source_value) AS name, min(specialty_source_value) AS its_specialty
    FROM provider GROUP BY provider_id
  ) AS author USING (provider_id)
  LEFT JOIN (
    SELECT person_id, any_value(sex) AS sex, any_value(coalesce(birth_date_source, birth_date::VARCHAR)) AS birth
    FROM person GROUP BY person_id
  ) AS patient USING (person_id)
  WHERE person_id IS NOT NULL AND status IS DISTINCT FROM 'entered-in-error'`;

/** Stores what is new; `temp.seen` has the rows of the snapshot then. */
export async function storeNotes(database: Database.Database, records: Records, progress: Progress): Promise<void> {
  const [count] = await records.all<{ notes: string }>('SELECT count(*) AS notes FROM note');
  progress.step('Storing notes', Number(count?.notes ?? 0));
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
    `INSERT INTO note (note_id, person_id, first_day, last_day, added, content, source, date, type, title, specialty,
       author, sex, youngest, oldest)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const addBody = database.prepare('INSERT INTO body (id, text) VALUES (?, ?)');
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
    const age = ageOf(row);
    const { source, note_date_source: date, type, title, specialty, author, sex } = row;
    const about = [source, date, type, title, specialty, author, sex, age?.min ?? null, age?.max ?? null];
    const id = addNote.run(noteId, BigInt(row.person_id), first, last, number, content, ...about).lastInsertRowid;
    addBody.run(id, row.text ?? '');
    see.run(id);
  };
}

/** The days that the note's date may mean. */
function daysOf(row: NoteRow): { first: string | null; last: string | null } {
  const date = row.note_date === null ? undefined : dateOf(row);
  const last = date === undefined ? row.note_date : dayRange(date).latest;
  return {
    first: row.note_date,
    last: last !== null && row.note_date !== null && last < row.note_date ? row.note_date : last,
  };
}

/** The years that the patient may have been old. */
function ageOf(row: NoteRow): NumberRange | undefined {
  const birth = row.birth === null ? undefined : parsePartialDate(row.birth);
  const date = dateOf(row);
  return birth && date && yearsBetween(birth, date);
}

function dateOf({ note_date, note_date_source }: NoteRow): PartialDate | undefined {
  const text = note_date_source ?? note_date;
  return text === null ? undefined : parsePartialDate(text);
}

function contentOf(row: NoteRow): Uint8Array {
  return hash('sha256', JSON.stringify(Object.values(row)), 'buffer').subarray(0, 16);
}

/** The number of the snapshot that is indexed next. */
export function nextNumber(database: Database.Database): bigint {
  return database.prepare<[], bigint>('SELECT coalesce(max(number), 0) + 1 FROM snapshot').pluck().get() ?? 1n;
}
