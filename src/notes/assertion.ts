/** What a note says of a mention (R24 to R27 of SPEC.md), looked up in the stored scopes. */
import { sectionAt } from './analyse-note.ts';
import type { NoteAnalysis, Scope, ScopeCategory } from './analysis.ts';
import { sectionDefault } from './compiled-lexicon.ts';
import { type Lexicon, readLexicon } from './lexicon.ts';

/** The one word for a mention; where several hold, the first in this order. */
export const assertionWords = [
  'other-experiencer',
  'negated',
  'hypothetical',
  'possible',
  'historical',
  'affirmed',
] as const;
export type AssertionWord = (typeof assertionWords)[number];

/** Where the words stand that made a verdict: a cue, or the heading of the section. */
export interface CuePlace {
  readonly category: ScopeCategory;
  readonly start: number;
  readonly end: number;
  /** As the note writes it. Absent for a heading, which is the text from `start` to `end`. */
  readonly text?: string;
}

/** What is said of a mention, each by itself. */
export interface Said {
  readonly negated: boolean;
  readonly possible: boolean;
  readonly historical: boolean;
  readonly hypothetical: boolean;
  readonly experiencer: 'patient' | 'family' | 'other';
}

export interface Assertion extends Said {
  readonly assertion: AssertionWord;
  /** The cue of the word in `assertion`; absent where affirmed. */
  readonly cue?: CuePlace;
  /** All cues that reach the mention, one a category, the nearest. */
  readonly cues: readonly CuePlace[];
}

/** The assertion of the mention that stands at [start, end) of the note, analysed by the lexicon. */
export function assertionAt(
  analysis: NoteAnalysis,
  start: number,
  end: number,
  lexicon: Lexicon = readLexicon(),
): Assertion {
  const cues = nearestCues(analysis, start, end, lexicon);
  const has = (category: ScopeCategory) => cues.some((cue) => cue.category === category);
  const experiencer = has('family') ? 'family' : has('other') ? 'other' : 'patient';
  const flags = {
    negated: has('negated'),
    possible: has('possible'),
    historical: has('historical'),
    hypothetical: has('hypothetical'),
  };
  const assertion = assertionWords.find((word) =>
    word === 'other-experiencer' ? experiencer !== 'patient' : word === 'affirmed' || flags[word],
  );
  const category = assertion === 'other-experiencer' ? experiencer : assertion;
  const cue = cues.find((one) => one.category === category);
  return { assertion: assertion ?? 'affirmed', ...flags, experiencer, ...(cue ? { cue } : {}), cues };
}

function nearestCues(analysis: NoteAnalysis, start: number, end: number, lexicon: Lexicon): CuePlace[] {
  const nearest = new Map<ScopeCategory, Scope>();
  for (const scope of scopesAt(analysis.scopes, start, end)) {
    const other = nearest.get(scope.category);
    if (!other || distance(scope, start, end) < distance(other, start, end)) nearest.set(scope.category, scope);
  }
  const cues = [...nearest.values()]
    .toSorted((a, b) => a.cueStart - b.cueStart)
    .map(
      (scope): CuePlace => ({ category: scope.category, start: scope.cueStart, end: scope.cueEnd, text: scope.cue }),
    );
  const section = sectionAt(analysis, start);
  const fromHeading = section && start >= section.bodyStart ? sectionDefault(lexicon, section.kind) : undefined;
  if (section && fromHeading && !nearest.has(fromHeading)) {
    cues.push({ category: fromHeading, start: section.start, end: section.bodyStart });
  }
  return cues;
}

function distance(scope: Scope, start: number, end: number): number {
  return isBackward(scope) ? scope.cueStart - end : start - scope.cueEnd;
}

/** Whether the cue stands after what it is about. */
export function isBackward(scope: Scope): boolean {
  return scope.cueStart >= scope.end;
}

/** The scopes whose side the mention's near end lies in. */
function* scopesAt(scopes: readonly Scope[], start: number, end: number): Generator<Scope> {
  const furthest = furthestEnds(scopes);
  const last = Math.max(start, end - 1);
  for (let at = lastStartingBy(scopes, last); at >= 0 && (furthest[at] ?? 0) > start; at--) {
    const scope = scopes[at];
    if (!scope) return;
    const near = isBackward(scope) ? last : start;
    if (scope.start <= near && near < scope.end) yield scope;
  }
}

const ends = new WeakMap<readonly Scope[], Float64Array>();

/** For each scope the furthest end of it and those before, so that a look-up knows when to stop. */
function furthestEnds(scopes: readonly Scope[]): Float64Array {
  const known = ends.get(scopes);
  if (known) return known;
  let furthest = 0;
  const made = Float64Array.from(scopes, (scope) => (furthest = Math.max(furthest, scope.end)));
  ends.set(scopes, made);
  return made;
}

/** The index of the last scope that starts at or before the offset. */
function lastStartingBy(scopes: readonly Scope[], offset: number): number {
  let [low, high] = [0, scopes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((scopes[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
