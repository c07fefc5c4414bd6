import type { Day, NoteId, PartialDate, PersonId } from '../base/index.ts';
import type { Span } from './analysis.ts';
import type { AssertionWord, CuePlace } from './assertion.ts';

/** What is known of a note besides its text. */
export interface NoteHead {
  readonly noteId: NoteId;
  readonly personId: PersonId;
  /** The note's own name: `DocumentReference/1`. */
  readonly source: string;
  /** As the source wrote it; `null` where the source has none. */
  readonly date: PartialDate | null;
  /** The earliest day that the date may mean. */
  readonly day: Day | null;
  readonly type: string | null;
  readonly title: string | null;
  /** Of the note, or else of its author. */
  readonly specialty: string | null;
  /** The author's own name: `Practitioner/1`. */
  readonly author: string | null;
}

/** A note with its text, exactly as the source has it. */
export interface StoredNote extends NoteHead {
  readonly text: string;
}

/** A place in a note where a word or term of a query stands. Offsets count UTF-16 units; `end` is exclusive. */
export interface Mention extends Span {
  /** As the note writes it. */
  readonly text: string;
  /** What of the query it fits: `psoria*`, `"night sweats"~3`, a term of a set; of several the first. */
  readonly term: string;
  /** The term set that the term is of. */
  readonly set?: string;
  readonly assertion: AssertionWord;
  /** What made the assertion; absent where affirmed. */
  readonly cue?: CuePlace;
  /** The kind of the section that it stands in: `family-history`, ..., `preamble`, `other`. */
  readonly section: string;
}

/** A note of which a query is true. `mentions` are by place; none where the query asks of no word. */
export interface NoteHit extends NoteHead {
  readonly mentions: readonly Mention[];
}
