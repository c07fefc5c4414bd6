/** A word as a query writes it, and the one definition of what it matches (R30 and R49 to R51 of SPEC.md). */
import { fold, tokenize } from './tokens.ts';

/** All but `exact` are folded, as the words of notes are when they are compared. */
export type QueryWord =
  /** The whole word; its beginning (`calcif*`, without the star); or with `*` and `?` anywhere in it. */
  | { readonly form: 'word' | 'prefix' | 'wild'; readonly text: string }
  /** `fever~1`: that many letters at most differ. Stands alone, never in a phrase. */
  | { readonly form: 'fuzzy'; readonly text: string; readonly edits: 1 | 2 }
  /** `=CREST`: as written (in NFC), case and diacritics count. */
  | { readonly form: 'exact'; readonly text: string };

/**
 * Whether a word of a note is meant. `folded` is the word as it is compared, `surface` tells it as the note writes it,
 * and is called only by an exact word whose folded form is the same.
 */
export type WordTest = (folded: string, surface: () => string) => boolean;

/** The test of a word, cheap to make and to call: it is asked of whole notes and of a whole vocabulary. */
export function wordTest(word: QueryWord): WordTest {
  const { text } = word;
  switch (word.form) {
    case 'word':
      return (folded) => folded === text;
    case 'prefix':
      return (folded) => folded.startsWith(text);
    case 'wild': {
      const piece = longestPiece(text);
      return (folded) => folded.includes(piece) && fitsWild(folded, text);
    }
    case 'fuzzy':
      return (folded) => isWithinEdits(folded, text, word.edits);
    case 'exact': {
      const folding = fold(text);
      return (folded, surface) => folded === folding && surface().normalize('NFC') === text;
    }
  }
}

/**
 * The words of a text as a query has them: `calcif*` is the beginning of a word, `c?lcif*ed` is wild. Stars and question
 * marks that touch no letter are punctuation.
 */
export function queryWords(text: string): QueryWord[] {
  return [...text.matchAll(WORD_OR_WILD)].flatMap(([run]) => (HAS_LETTER.test(run) ? [wordOf(fold(run))] : []));
}

/** The words of a text as it is written: case and diacritics count, stars are punctuation. */
export function exactWords(text: string): QueryWord[] {
  const composed = text.normalize('NFC');
  const { starts, ends } = tokenize(composed);
  return starts.map((start, i) => ({ form: 'exact', text: composed.slice(start, ends[i]) }));
}

/** The words of a term of a term set: as in a query, also `=CREST` and `fever~1`, without quotation marks. */
export function termWords(text: string): QueryWord[] {
  const term = text.trim();
  if (term.startsWith('=')) return exactWords(term);
  const fuzzy = FUZZY_TERM.exec(term);
  const [word, ...more] = queryWords(fuzzy?.[1] ?? '');
  if (word?.form === 'word' && more.length === 0)
    return [{ form: 'fuzzy', text: word.text, edits: fuzzy?.[2] === '1' ? 1 : 2 }];
  return queryWords(text);
}

/** As R1 has words, but for the signs that stand for letters. */
const WORD_OR_WILD = /[\p{L}\p{N}\p{Co}*?][\p{L}\p{N}\p{Co}\p{M}*?]*/gu;
const HAS_LETTER = /[\p{L}\p{N}\p{Co}]/u;
const FUZZY_TERM = /^(.*)~([12])$/s;

function wordOf(run: string): QueryWord {
  const text = run.replace(/\*+/g, '*');
  const sign = text.search(/[*?]/);
  if (sign < 0) return { form: 'word', text };
  if (sign === text.length - 1 && text.endsWith('*')) return { form: 'prefix', text: text.slice(0, -1) };
  return { form: 'wild', text };
}

/** The longest run of letters between the signs: most words lack it, which is told faster than what fits. */
function longestPiece(pattern: string): string {
  return pattern.split(/[*?]/).reduce((longest, piece) => (piece.length > longest.length ? piece : longest));
}

/**
 * Whether a word fits a pattern of `*` and `?`. On a mismatch only the last star takes one character more: what an earlier
 * one took can never be the reason, so the time is at most the product of the lengths.
 */
function fitsWild(word: string, pattern: string): boolean {
  let [at, sign, star, resume] = [0, 0, -1, 0];
  while (at < word.length) {
    const wanted = pattern[sign];
    if (wanted === '*') [star, resume] = [sign++, at];
    else if (wanted === '?') [at, sign] = [at + lengthAt(word, at), sign + 1];
    else if (wanted === word[at]) [at, sign] = [at + 1, sign + 1];
    else if (star < 0) return false;
    else [at, sign] = [++resume, star + 1];
  }
  while (pattern[sign] === '*') sign++;
  return sign === pattern.length;
}

function lengthAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

/**
 * Whether at most `edits` letters must be changed, added, removed or swapped with their neighbour: the same as
 * `editDistance(a, b) <= edits`, but told after a few comparisons, since most words differ at once.
 */
function isWithinEdits(a: string, b: string, edits: number, fromA = 0, fromB = 0): boolean {
  if (Math.abs(a.length - fromA - (b.length - fromB)) > edits) return false;
  let [i, j] = [fromA, fromB];
  while (i < a.length && j < b.length && a[i] === b[j]) [i, j] = [i + 1, j + 1];
  if (i === a.length || j === b.length) return a.length - i + b.length - j <= edits;
  if (edits === 0) return false;
  const swapped = a[i] === b[j + 1] && a[i + 1] === b[j];
  return (
    isWithinEdits(a, b, edits - 1, i + 1, j + 1) ||
    isWithinEdits(a, b, edits - 1, i + 1, j) ||
    isWithinEdits(a, b, edits - 1, i, j + 1) ||
    (swapped && isWithinEdits(a, b, edits - 1, i + 2, j + 2))
  );
}
