import type { NoteAnalysis, Section } from './analysis.ts';
import { type Lexicon, readLexicon } from './lexicon.ts';
import { NoteScanner } from './scan-note.ts';

/** The sections, the sentences and the reach of every cue of a note. Linear in the length of the text. */
export function analyseNote(text: string, lexicon: Lexicon = readLexicon()): NoteAnalysis {
  const scanner = scanners.get(lexicon) ?? new NoteScanner(lexicon);
  scanners.set(lexicon, scanner);
  const { analysis } = scanner.scan(text);
  if (scanner.numbers.surfaceCount > MOST_SURFACES) scanner.reset();
  return analysis;
}

const scanners = new WeakMap<Lexicon, NoteScanner>();

/** So many words a scanner may remember that nobody asks for them. */
const MOST_SURFACES = 100_000;

/** The section that holds an offset; `undefined` beyond the text. */
export function sectionAt(analysis: NoteAnalysis, offset: number): Section | undefined {
  return spanAt(analysis.sections, offset);
}

/** The one of several spans, in order and without gaps, that holds an offset. */
export function spanAt<T extends { readonly start: number; readonly end: number }>(
  spans: readonly T[],
  offset: number,
): T | undefined {
  let [low, high] = [0, spans.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const span = spans[middle];
    if (!span) return undefined;
    if (offset < span.start) high = middle - 1;
    else if (offset >= span.end) low = middle + 1;
    else return span;
  }
  return undefined;
}
