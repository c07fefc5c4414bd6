import type Database from 'better-sqlite3';
import type { PersonId, SnapshotId } from '../base/index.ts';
import { currentSnapshot } from '../records/index.ts';
import type { Workspace } from '../workspace/index.ts';
import type { NoteAnalysis } from './analysis.ts';
import { type Lexicon, readLexicon } from './lexicon.ts';
import type { NoteAnswer } from './note-answer.ts';
import { damageOr, notIndexed, openToRead } from './notes-database.ts';
import { copiedText, type NoteCopies } from './postings/copied-text.ts';
import { openIndex } from './postings/note-index.ts';
import { HEAD, type HeadRow, headOf, type NoteReader, noteReader } from './postings/read-notes.ts';
import type { Query, TermSets } from './query.ts';
import { resolveQuery } from './resolve-query.ts';
import type { Mention, NoteHead, NoteHit, StoredNote } from './stored-note.ts';
import type { Suggestion, VocabularyWord } from './suggest.ts';

/** A note that is being read. */
export interface OpenedNote extends StoredNote {
  readonly analysis: NoteAnalysis;
  /** The places that make a query true of this note, in order. Error `notes.query` as {@link NoteStore.find}. */
  mentionsOf(query: Query, termSets: TermSets): readonly Mention[];
}

/** The notes of one snapshot. Close it. */
export interface NoteStore {
  readonly snapshot: SnapshotId;
  /** Of what the notes were indexed by: it changes whenever the same text would be analysed in another way. */
  readonly version: string;
  /**
   * The exact answer to a query, of those persons alone where any are named.
   * Error `notes.query`, at once, where the query names a term set that there is not.
   */
  find(query: Query, termSets: TermSets, persons?: ReadonlySet<string>): NoteAnswer;
  /**
   * What to look for besides a term: spellings, forms and abbreviations that stand in the notes, with their number; of those
   * persons alone where any are named.
   */
  suggest(term: string, persons?: ReadonlySet<string>): Suggestion[];
  /** The commonest words that begin so, with the number of notes; of those persons alone where any are named. */
  wordsFrom(beginning: string, most: number, persons?: ReadonlySet<string>): VocabularyWord[];
  /** The note of this source id (`DocumentReference/1`). */
  note(source: string): StoredNote | undefined;
  /** The note of this source id as its reader sees it: with its parts, and where queries are true of it. */
  open(source: string): OpenedNote | undefined;
  /** What is known of a person's notes, by date (undated last). */
  notesOf(personId: PersonId): NoteHead[];
  /** What a person's notes repeat of earlier ones of the person, in the order of {@link notesOf}. */
  copiesOf(personId: PersonId): NoteCopies[];
  close(): void;
}

/**
 * Opens the notes of a snapshot, the current one unless another is named.
 * Errors: `notes.not-indexed` (there is no index, it was not finished, or it is of another snapshot); `notes.damaged`, also
 * when it is asked.
 */
export function openNotes(workspace: Workspace, snapshot?: SnapshotId): NoteStore {
  const path = workspace.paths.notes;
  const wanted = snapshot ?? currentSnapshot(workspace);
  const lexicon = readLexicon(workspace.paths.lexicon);
  const database = openToRead(path, lexicon);
  try {
    return storeOf(database, path, wanted, lexicon);
  } catch (error) {
    database.close();
    throw damageOr(error, path);
  }
}

function storeOf(
  database: Database.Database,
  path: string,
  wanted: SnapshotId | undefined,
  lexicon: Lexicon,
): NoteStore {
  database.exec('BEGIN'); // until it is closed, the index stays as it is
  const number = database
    .prepare<[string], bigint>('SELECT number FROM snapshot WHERE id = ?')
    .pluck()
    .get(wanted ?? '');
  if (wanted === undefined || number === undefined) throw notIndexed(path);
  const reader = noteReader(database, lexicon);
  const index = openIndex(database, number, reader);
  return {
    snapshot: wanted,
    version: database.prepare<[], string>('SELECT version FROM analysis').pluck().get() ?? '',
    find: (query, termSets, persons) => sound(path, () => index.resolve(resolveQuery(query, termSets), persons)),
    suggest: (term, persons) => sound(path, () => index.suggest(term, persons)),
    wordsFrom: (beginning, most, persons) => sound(path, () => index.wordsFrom(beginning, most, persons)),
    ...lookingUp(database, number, reader, (query, termSets) => index.highlighter(resolveQuery(query, termSets))),
    close: () => database.close(),
  };
}

function sound<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw damageOr(error, path);
  }
}

function lookingUp(
  database: Database.Database,
  number: bigint,
  reader: NoteReader,
  highlighterOf: (query: Query, termSets: TermSets) => (note: number) => NoteHit,
): Pick<NoteStore, 'note' | 'open' | 'notesOf' | 'copiesOf'> {
  const inSnapshot = `added <= ${number} AND (removed IS NULL OR removed > ${number})`;
  const bySource = database
    .prepare<[string], HeadRow & { readonly text: string }>(
      `SELECT ${HEAD}, text FROM note JOIN body USING (id) WHERE source = ? AND ${inSnapshot}`,
    )
    .safeIntegers(false);
  const byPerson = database
    .prepare<[bigint], HeadRow>(
      `SELECT ${HEAD} FROM note WHERE person_id = ? AND ${inSnapshot}
       ORDER BY first_day IS NULL, first_day, note.note_id`,
    )
    .safeIntegers(false);
  return {
    open: (source) => {
      const row = bySource.get(source);
      if (!row) return undefined;
      const at = row.id - 1;
      return {
        ...headOf(row),
        text: row.text,
        analysis: reader.read(at).analysis(),
        mentionsOf: (query, termSets) => highlighterOf(query, termSets)(at).mentions,
      };
    },
    note: (source) => {
      const row = bySource.get(source);
      return row && { ...headOf(row), text: row.text };
    },
    notesOf: (personId) => byPerson.all(BigInt(personId)).map(headOf),
    copiesOf: (personId) => copiedText(byPerson.all(BigInt(personId)), reader),
  };
}
