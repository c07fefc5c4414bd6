/** What an evaluation of a plan works on. */
import type { Plan } from '../resolve-query.ts';
import type { Found } from './found.ts';
import type { LeafSearch } from './leaf.ts';
import type { NoteColumns } from './note-columns.ts';
import type { PostingLists } from './posting-lists.ts';

/** The index of a snapshot, for some persons or all. */
export interface Evaluation {
  readonly lists: PostingLists;
  readonly columns: NoteColumns;
  /** How many persons there are. */
  readonly persons: number;
  readonly leaves: LeafSearch;
  /** The notes that may be seen, ascending. */
  readonly everyNote: () => Int32Array;
  /** The notes of a person that may be seen, ascending. */
  readonly notesOfPerson: (person: number) => Int32Array;
}

/** An evaluation that counts mentions, or tells them where they must be told apart. */
export interface Search extends Evaluation {
  readonly places: boolean;
  /** The notes of which a plan is true; with `among`, of these notes. */
  readonly find: (search: Search, plan: Plan, among?: Int32Array) => Found;
}
