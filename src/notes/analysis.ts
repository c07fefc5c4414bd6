/** What is worked out once for each note and stored with it. All offsets count UTF-16 units; `end` is exclusive. */
export interface NoteAnalysis {
  /** One after the other, covering the text. */
  readonly sections: readonly Section[];
  /** One after the other, covering the text; none crosses a section. */
  readonly sentences: readonly Span[];
  /** By start. */
  readonly scopes: readonly Scope[];
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A part of a note under one heading. */
export interface Section extends Span {
  /** `family-history`, `medications`, ...; `preamble` before the first heading, `other` for a heading not known. */
  readonly kind: string;
  /** Where the text under the heading begins; equals `start` in a preamble. */
  readonly bodyStart: number;
}

/** What a cue says of the mentions in its reach. */
export const scopeCategories = ['negated', 'possible', 'historical', 'hypothetical', 'family', 'other'] as const;
export type ScopeCategory = (typeof scopeCategories)[number];

/** Where a cue reaches: every mention whose near end lies in [start, end). */
export interface Scope extends Span {
  readonly category: ScopeCategory;
  readonly cueStart: number;
  readonly cueEnd: number;
  /** The cue as the note writes it. */
  readonly cue: string;
}
