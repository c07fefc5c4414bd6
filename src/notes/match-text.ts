/** Where the words of a query stand in the words of a note (R30 to R32 of SPEC.md). */
import type { Span } from './analysis.ts';
import type { QueryWord } from './query.ts';
import type { Tokens } from './tokens.ts';

/** One thing to look for: words in a row, or near one another. */
export interface Pattern {
  readonly words: readonly QueryWord[];
  readonly near?: number | undefined;
}

/** The patterns of one leaf of a query (one for a phrase, many for a term set), ready for many notes. */
export type Matcher = (tokens: Tokens) => Span[];

/** Makes a matcher: spans in order, each once, in UTF-16 units of the text that the tokens came from. */
export function matcherOf(patterns: readonly Pattern[]): Matcher {
  const near = patterns.filter((pattern) => pattern.near !== undefined);
  const rows = patterns.filter((pattern) => pattern.near === undefined);
  const whole = new Map<string, Pattern[]>();
  const beginnings: Pattern[] = [];
  for (const pattern of rows) {
    const first = pattern.words[0];
    if (!first) continue;
    if (first.prefix) beginnings.push(pattern);
    else whole.set(first.text, [...(whole.get(first.text) ?? []), pattern]);
  }
  return (tokens) => {
    const spans: Span[] = [];
    tokens.words.forEach((word, at) => {
      for (const pattern of whole.get(word) ?? []) takeRow(tokens, pattern, at, spans);
      for (const pattern of beginnings) takeRow(tokens, pattern, at, spans);
    });
    for (const pattern of near) takeWindows(tokens, pattern, spans);
    return near.length > 0 || patterns.length > 1 ? inOrder(spans) : spans;
  };
}

/** Spans by place, each once. */
export function inOrder<T extends Span>(spans: readonly T[]): T[] {
  const sorted = spans.toSorted((a, b) => a.start - b.start || a.end - b.end);
  return sorted.filter((span, i) => span.start !== sorted[i - 1]?.start || span.end !== sorted[i - 1]?.end);
}

function takeRow(tokens: Tokens, pattern: Pattern, at: number, spans: Span[]): void {
  const fits = pattern.words.every((word, i) => {
    const found = tokens.words[at + i];
    return found !== undefined && (word.prefix ? found.startsWith(word.text) : found === word.text);
  });
  if (fits) spans.push(spanOf(tokens, at, at + pattern.words.length - 1));
}

/**
 * The smallest windows that hold all the words, in any order, with at most `near` other words among them. A word that
 * the pattern has twice must stand there twice.
 */
function takeWindows(tokens: Tokens, pattern: Pattern, spans: Span[]): void {
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
      if (right - first + 1 - pattern.words.length <= (pattern.near ?? 0)) spans.push(spanOf(tokens, first, right));
    }
  }
}

function spanOf(tokens: Tokens, first: number, last: number): Span {
  return { start: tokens.starts[first] ?? 0, end: tokens.ends[last] ?? 0 };
}
