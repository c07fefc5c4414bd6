/** Where the words of a query stand in the words of a note (R30 to R32 and R49 to R51 of SPEC.md). */
import type { Span } from './analysis.ts';
import { type QueryWord, type WordTest, wordTest } from './query-word.ts';
import { fold, type Tokens } from './tokens.ts';

/** One thing to look for: words in a row, or near one another (`near` words of the form `word` alone). */
export interface Pattern {
  readonly words: readonly QueryWord[];
  readonly near?: number | undefined;
}

/** Where a pattern fits. */
export interface Match<P extends Pattern = Pattern> extends Span {
  readonly pattern: P;
}

/** The patterns of one leaf of a query (one for a phrase, many for a term set), ready for many notes. */
export type Matcher<P extends Pattern = Pattern> = (tokens: Tokens, text: string) => Match<P>[];

/**
 * Makes a matcher: spans in order, each once, in UTF-16 units of the text that the tokens came from. Where several patterns
 * fit one span, the first of them is told.
 */
export function matcherOf<P extends Pattern>(patterns: readonly P[]): Matcher<P> {
  const near = patterns.filter((pattern) => pattern.near !== undefined);
  const rows = patterns.filter(({ near: count, words }) => count === undefined && words.length > 0);
  const known = Map.groupBy(rows, ({ words }) => firstFolded(words[0]));
  const testsOf = (first: string | undefined) =>
    (known.get(first) ?? []).map((pattern) => ({ pattern, tests: pattern.words.map(wordTest) }));
  const places = new Map(patterns.map((pattern, at) => [pattern, at]));
  const placeOf = (pattern: P): number => places.get(pattern) ?? 0;
  const unknown = testsOf(undefined);
  const byFirst = new Map([...known.keys()].map((first) => [first, testsOf(first)]));
  return (tokens, text) => {
    const spans: Match<P>[] = [];
    const take = rowTaker(tokens, text, spans);
    tokens.words.forEach((word, at) => {
      for (const row of byFirst.get(word) ?? []) take(row, at);
      for (const row of unknown) take(row, at);
    });
    for (const pattern of near) takeWindows(tokens, pattern, spans);
    if (patterns.length < 2 && near.length === 0) return spans;
    return inOrder(spans.sort((a, b) => placeOf(a.pattern) - placeOf(b.pattern)));
  };
}

/** Spans by place, each once. */
export function inOrder<T extends Span>(spans: readonly T[]): T[] {
  const sorted = spans.toSorted((a, b) => a.start - b.start || a.end - b.end);
  return sorted.filter((span, i) => span.start !== sorted[i - 1]?.start || span.end !== sorted[i - 1]?.end);
}

/** The one folded word that a word can match, by which a row is looked up; `undefined` where there are several. */
function firstFolded(word: QueryWord | undefined): string | undefined {
  if (word?.form === 'word') return word.text;
  return word?.form === 'exact' ? fold(word.text) : undefined;
}

/** Takes the row of words that begins at a place, if it fits. */
function rowTaker<P extends Pattern>(
  tokens: Tokens,
  text: string,
  spans: Match<P>[],
): (row: { readonly pattern: P; readonly tests: readonly WordTest[] }, first: number) => void {
  let at = 0;
  const surface = () => text.slice(tokens.starts[at], tokens.ends[at]);
  return ({ pattern, tests }, first) => {
    at = first;
    for (const test of tests) {
      const word = tokens.words[at];
      if (word === undefined || !test(word, surface)) return;
      at++;
    }
    spans.push({ ...spanOf(tokens, first, at - 1), pattern });
  };
}

/**
 * The smallest windows that hold all the words, in any order, with at most `near` other words among them. A word that
 * the pattern has twice must stand there twice.
 */
function takeWindows<P extends Pattern>(tokens: Tokens, pattern: P, spans: Match<P>[]): void {
  const missing = new Map<string, number>();
  for (const word of pattern.words) missing.set(word.text, (missing.get(word.text) ?? 0) + 1);
  const places: number[] = [];
  tokens.words.forEach((word, at) => {
    if (missing.has(word)) places.push(at);
  });
  let open = pattern.words.length;
  let left = 0;
  const count = (at: number, by: 1 | -1): number => {
    const word = tokens.words[at] ?? '';
    const now = missing.get(word) ?? 0;
    missing.set(word, now + by);
    return now;
  };
  for (const right of places) {
    if (count(right, -1) > 0) open--;
    while (open === 0) {
      const first = places[left++] ?? right;
      if (count(first, 1) < 0) continue; // a spare one: the window shrinks
      open++;
      if (right - first + 1 - pattern.words.length > (pattern.near ?? 0)) continue;
      spans.push({ ...spanOf(tokens, first, right), pattern });
    }
  }
}

function spanOf(tokens: Tokens, first: number, last: number): Span {
  return { start: tokens.starts[first] ?? 0, end: tokens.ends[last] ?? 0 };
}
