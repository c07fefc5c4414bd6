import type { Day, NumberRange } from '../base/index.ts';
import type { NoteAnalysis } from './analysis.ts';
import type { Assertion } from './assertion.ts';
import type { Tokens } from './tokens.ts';

/** A note to be asked, with what is known of its person. What is dear is worked out when it is asked for. */
export interface ReadNote {
  readonly noteId: string;
  readonly personId: string;
  readonly type: string | null;
  readonly specialty: string | null;
  /** The author's own name: `Practitioner/1`. */
  readonly author: string | null;
  /** The days that its date may mean; `null` without a date. */
  readonly days: Days | null;
  /** The completed years that the person may have been old; `null` where birth or date are not known. */
  readonly age: NumberRange | null;
  /** As the records have it; `null` where they have none. */
  readonly sex: string | null;
  text(): string;
  tokens(): Tokens;
  analysis(): NoteAnalysis;
  /** What the note says of the mention at a place. */
  assertionAt(start: number, end: number): Assertion;
}

/** The days that a date may mean, from the first to the last, both included. */
export interface Days {
  readonly first: Day;
  readonly last: Day;
}
