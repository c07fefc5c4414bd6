import type { PersonId, SnapshotId } from '../base/index.ts';
import { currentSnapshot } from '../records/index.ts';
import type { Workspace } from '../workspace/index.ts';
import type { NoteAnswer } from './note-answer.ts';
import { notIndexed, openToRead } from './notes-database.ts';
import type { Query, TermSets } from './query.ts';
import { resolveQuery } from './resolve-query.ts';
import { HEAD, type HeadRow, headOf, IN_ORDER, inSnapshot, searchNotes } from './search-notes.ts';
import type { NoteHead, NoteHit, StoredNote } from './stored-note.ts';
import { answerOf } from './stream-answer.ts';

/** The notes of one snapshot. Close it. */
export interface NoteStore {
  readonly snapshot: SnapshotId;
  /**
   * Every note of which the query is true, by person, date (undated last) and note, one after the other: memory does not
   * grow with their number. Error `notes.query`, at once, where the query names a term set that there is not.
   */
  search(query: Query, termSets: TermSets): Iterable<NoteHit>;
  /** The exact answer to a query, of those persons alone where any are named. Errors as {@link search}. */
  find(query: Query, termSets: TermSets, persons?: ReadonlySet<string>): NoteAnswer;
  /** The note of this source id (`DocumentReference/1`). */
  note(source: string): StoredNote | undefined;
  /** What is known of a person's notes, by date (undated last). */
  notesOf(personId: PersonId): NoteHead[];
  close(): void;
}

/**
 * Opens the notes of a snapshot, the current one unless another is named.
 * Error: `notes.not-indexed` (there is no index, it was not finished, or it is of another snapshot).
 */
export function openNotes(workspace: Workspace, snapshot?: SnapshotId): NoteStore {
  const path = workspace.paths.notes;
  const wanted = snapshot ?? currentSnapshot(workspace);
  const database = openToRead(path);
  const number = database
    .prepare<[string], bigint>('SELECT number FROM snapshot WHERE id = ?')
    .pluck()
    .get(wanted ?? '');
  if (wanted === undefined || number === undefined) {
    database.close();
    throw notIndexed(path);
  }
  const bySource = database.prepare<[string], HeadRow & { readonly text: string }>(
    `SELECT ${HEAD}, text FROM note JOIN body USING (id) WHERE source = ? AND ${inSnapshot(number)}`,
  );
  const byPerson = database.prepare<[bigint], HeadRow>(
    `SELECT ${HEAD} FROM note WHERE person_id = ? AND ${inSnapshot(number)} ORDER BY ${IN_ORDER}`,
  );
  const search: NoteStore['search'] = (query, termSets) => {
    const plan = resolveQuery(query, termSets);
    return {
      *[Symbol.iterator]() {
        const own = openToRead(path);
        try {
          yield* searchNotes(own, number, plan);
        } finally {
          own.close();
        }
      },
    };
  };
  return {
    snapshot: wanted,
    search,
    find: (query, termSets, persons) => answerOf(search(query, termSets), persons),
    note: (source) => {
      const row = bySource.get(source);
      return row && { ...headOf(row), text: row.text };
    },
    notesOf: (personId) => byPerson.all(BigInt(personId)).map(headOf),
    close: () => database.close(),
  };
}
