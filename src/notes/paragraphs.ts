/** Paragraphs of a note: the pieces in which text is copied forward (R95 and R96 of SPEC.md). */
import type { NoteAnalysis } from './analysis.ts';

/** A run of words of a note, told by their places: the first word of the note is 0, `end` is exclusive. */
export interface Paragraph {
  readonly first: number;
  readonly end: number;
}

/** Fewer words are said again rather than copied. */
const SHORTEST = 8;
/** Within a long paragraph a piece has at least so many words, and at most the sentences that reach `LONGEST`. */
const LONG = 30;
const LONGEST = 100;

/**
 * The paragraphs of a note, in order; words of short ones are in none.
 * @param starts where each word of the note starts (`Tokens.starts`), in UTF-16 units
 */
export function paragraphsOf(
  text: string,
  analysis: Pick<NoteAnalysis, 'sections' | 'sentences'>,
  starts: ArrayLike<number>,
): Paragraph[] {
  const blocks = [...firstWords(analysis.sections, starts), ...blankLines(text, starts), starts.length].sort(
    (a, b) => a - b,
  );
  const sentences = firstWords(analysis.sentences, starts);
  const found: Paragraph[] = [];
  let first = 0;
  let next = 0;
  for (const end of blocks) {
    let sentence = first;
    for (; (sentences[next] ?? end) < end; next++) {
      const after = sentences[next] ?? end;
      if (endsPiece(first, sentence, after) && end - after >= SHORTEST) {
        found.push({ first, end: after });
        first = after;
      }
      sentence = after;
    }
    if (end - first >= SHORTEST) found.push({ first, end });
    first = end;
  }
  return found;
}

/**
 * Whether a long paragraph is cut after a sentence. The sentence itself decides, every third by its length, so that one
 * that somebody adds moves the cuts near it and no others (content-defined chunking: Manber, USENIX 1994).
 */
function endsPiece(first: number, sentence: number, end: number): boolean {
  const words = end - first;
  return words >= LONGEST || (words >= LONG && (end - sentence) % 3 === 0);
}

/** The first word of each span that has one, after the first of all. */
function firstWords(spans: readonly { readonly start: number }[], starts: ArrayLike<number>): number[] {
  const words: number[] = [];
  let word = 0;
  for (const { start } of spans) {
    while (word < starts.length && (starts[word] ?? 0) < start) word++;
    if (word > (words.at(-1) ?? 0) && word < starts.length) words.push(word);
  }
  return words;
}

/** The words before which an empty line stands, or one of signs alone. */
function blankLines(text: string, starts: ArrayLike<number>): number[] {
  const lineEnd = text.includes('\n') ? '\n' : '\r';
  const found: number[] = [];
  let word = 0;
  let before = -1;
  for (let at = text.indexOf(lineEnd); at >= 0 && word < starts.length; at = text.indexOf(lineEnd, at + 1)) {
    while (word < starts.length && (starts[word] ?? 0) < at) word++;
    if (word === before && word > (found.at(-1) ?? 0) && word < starts.length) found.push(word);
    before = word;
  }
  return found;
}
