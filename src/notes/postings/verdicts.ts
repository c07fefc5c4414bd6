/**
 * What is said of a word, as one number: six bits of what reaches over its beginning (cues before it, the section) and
 * six of what reaches over its end (cues after it). So what is said of several words in a row is known from the first
 * and the last of them (R24). 0 where nothing is said.
 */
import type { NoteAnalysis, Scope, ScopeCategory } from '../analysis.ts';
import { isBackward, type Said } from '../assertion.ts';

const CATEGORIES: readonly ScopeCategory[] = ['negated', 'possible', 'historical', 'hypothetical', 'family', 'other'];
const BITS = CATEGORIES.length;
const MASK = (1 << BITS) - 1;

/** Every set of categories: the sets are the numbers below this. */
export const VERDICTS = 1 << BITS;

/** Which of the verdicts are meant: a 1 for each. */
export type Accepts = Uint8Array;

/** All verdicts. */
export const everything: Accepts = new Uint8Array(VERDICTS).fill(1);

/** The categories that hold of a mention, from the verdicts of its first and of its last word. */
export function verdictOf(first: number, last: number): number {
  return (first & MASK) | (last >> BITS);
}

/** What a set of categories comes to. */
export function saidBy(verdict: number): Said {
  const has = (category: ScopeCategory) => (verdict & bitOf(category)) !== 0;
  return {
    negated: has('negated'),
    possible: has('possible'),
    historical: has('historical'),
    hypothetical: has('hypothetical'),
    experiencer: has('family') ? 'family' : has('other') ? 'other' : 'patient',
  };
}

function bitOf(category: ScopeCategory): number {
  return 1 << CATEGORIES.indexOf(category);
}

/**
 * The verdict of each word of a note, into `out` from `at` on. `starts` and `ends` are the places of the `count` words.
 * What a section says by default is told by `sectionDefault`.
 */
export function verdictsOfWords(
  analysis: NoteAnalysis,
  words: { readonly count: number; readonly starts: ArrayLike<number>; readonly ends: ArrayLike<number> },
  sectionDefault: (kind: string) => ScopeCategory | undefined,
  out: Uint16Array,
  at: number,
): void {
  out.fill(0, at, at + words.count);
  for (const section of analysis.sections) {
    const category = sectionDefault(section.kind);
    if (category) mark(words.starts, words.count, section.bodyStart, section.end, bitOf(category), out, at);
  }
  for (const scope of analysis.scopes) markScope(scope, words, out, at);
}

function markScope(
  scope: Scope,
  words: { readonly count: number; readonly starts: ArrayLike<number>; readonly ends: ArrayLike<number> },
  out: Uint16Array,
  at: number,
): void {
  const bit = bitOf(scope.category);
  if (!isBackward(scope)) mark(words.starts, words.count, scope.start, scope.end, bit, out, at);
  else mark(words.ends, words.count, scope.start + 1, scope.end + 1, bit << BITS, out, at); // a word's last unit is before its end
}

/** Sets a bit of each word whose place is in [start, end). */
function mark(
  places: ArrayLike<number>,
  count: number,
  start: number,
  end: number,
  bit: number,
  out: Uint16Array,
  at: number,
): void {
  for (let i = firstFrom(places, count, start); i < count && (places[i] as number) < end; i++) {
    out[at + i] = (out[at + i] as number) | bit;
  }
}

function firstFrom(places: ArrayLike<number>, count: number, start: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] as number) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
