import type { Day, PersonId } from '../base/index.ts';
import type { NoteHead, NoteHit } from './stored-note.ts';

/** What a query came to: exact, and complete. Counts are of the persons that were let through. */
export interface NoteAnswer extends NoteCounts {
  /** The same notes with the places that make the query true, read from the text one after the other. */
  highlights(page?: Page): Iterable<NoteHit>;
  /**
   * The counts without the mentions in paragraphs that repeat one of an earlier note of the person which has a mention too
   * (copy-forward): what was copied counts once.
   */
  withoutCopies(): NoteCounts;
}

/** Notes and mentions, counted. */
export interface NoteCounts {
  readonly totals: NoteTotals;
  /** Every person with a note that counts, by id, or by most mentions where somebody reads the list. */
  byPerson(order?: 'person' | 'mentions'): Iterable<PersonCount>;
  /** The notes of which the query is true, by person, date (undated last) and note. */
  byNote(page?: Page): Iterable<NoteCount>;
}

export interface NoteTotals {
  readonly mentions: number;
  readonly notes: number;
  readonly persons: number;
  /** The first and the last of the earliest days that the notes' dates may mean; `null` where none is dated. */
  readonly first: Day | null;
  readonly last: Day | null;
}

/** The notes of one person that count. */
export interface PersonCount extends Omit<NoteTotals, 'persons'> {
  readonly personId: PersonId;
}

export interface NoteCount extends NoteHead {
  readonly mentions: number;
}

/** A part of a list: how many to pass over, how many to give. */
export interface Page {
  readonly from: number;
  readonly count: number;
}
