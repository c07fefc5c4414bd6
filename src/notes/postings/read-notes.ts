/** Reads stored notes by their numbers in the index. */
import type Database from 'better-sqlite3';
import { type NoteId, type NumberRange, once, type PartialDate, type PersonId } from '../../base/index.ts';
import { analyseNote } from '../analyse-note.ts';
import type { NoteAnalysis } from '../analysis.ts';
import { assertionAt } from '../assertion.ts';
import type { NoteParagraphs } from '../copies.ts';
import type { Lexicon } from '../lexicon.ts';
import type { ReadNote } from '../read-note.ts';
import type { NoteHead } from '../stored-note.ts';
import { type Tokens, tokenize } from '../tokens.ts';
import { readParagraphs } from './stored-paragraphs.ts';

/** The stored notes; a number of a note is one less than its row. */
export interface NoteReader {
  noteId(note: number): bigint;
  head(note: number): NoteHead;
  /** The note to be asked; its text is read when it is. */
  read(note: number): ReadNote;
  paragraphs(note: number): NoteParagraphs;
}

/** The columns of a note without its text; ids as decimal text. */
export const HEAD = `id, CAST(note_id AS TEXT) AS noteId, CAST(person_id AS TEXT) AS personId, source, date, first_day,
  last_day, type, title, specialty, author, sex, youngest, oldest`;

/** A row of {@link HEAD}. */
export interface HeadRow {
  readonly id: number;
  readonly noteId: string;
  readonly personId: string;
  readonly source: string;
  readonly date: string | null;
  readonly first_day: string | null;
  readonly last_day: string | null;
  readonly type: string | null;
  readonly title: string | null;
  readonly specialty: string | null;
  readonly author: string | null;
  readonly sex: string | null;
  readonly youngest: number | null;
  readonly oldest: number | null;
}

/** The note as readers know it. */
export function headOf(row: HeadRow): NoteHead {
  return {
    noteId: row.noteId as NoteId,
    personId: row.personId as PersonId,
    source: row.source,
    date: row.date as PartialDate | null,
    day: row.first_day,
    type: row.type,
    title: row.title,
    specialty: row.specialty,
    author: row.author,
  };
}

export function noteReader(database: Database.Database, lexicon: Lexicon): NoteReader {
  const idOf = database.prepare<[number], bigint>('SELECT note_id FROM note WHERE id = ?').pluck();
  const rowOf = database.prepare<[number], HeadRow>(`SELECT ${HEAD} FROM note WHERE id = ?`).safeIntegers(false);
  const textOf = database.prepare<[number], string>('SELECT text FROM body WHERE id = ?').pluck();
  const paragraphsOf = database.prepare<[number], Uint8Array>('SELECT bytes FROM paragraphs WHERE id = ?').pluck();
  const row = (note: number): HeadRow => {
    const found = rowOf.get(note + 1);
    if (!found) throw new Error('A note of the index is not stored');
    return found;
  };
  return {
    noteId: (note) => idOf.get(note + 1) ?? 0n,
    head: (note) => headOf(row(note)),
    paragraphs: (note) => readParagraphs(paragraphsOf.get(note + 1) ?? new Uint8Array()),
    read: (note) =>
      readable(
        row(note),
        once(() => textOf.get(note + 1) ?? ''),
        lexicon,
      ),
  };
}

function readable(row: HeadRow, text: () => string, lexicon: Lexicon): ReadNote {
  const { noteId, personId, type, specialty, author, sex, first_day, last_day } = row;
  const analysis = once((): NoteAnalysis => analyseNote(text(), lexicon));
  return {
    noteId,
    personId,
    type,
    specialty,
    author,
    sex,
    days: first_day === null ? null : { first: first_day, last: last_day ?? first_day },
    age: ageOf(row),
    text,
    tokens: once((): Tokens => tokenize(text())),
    analysis,
    assertionAt: (start, end) => assertionAt(analysis(), start, end, lexicon),
  };
}

function ageOf({ youngest, oldest }: HeadRow): NumberRange | null {
  return youngest === null || oldest === null ? null : { min: youngest, max: oldest };
}
