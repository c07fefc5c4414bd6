/**
 * What an abbreviation stands for, where a note spells it out (R101 to R103 of SPEC.md), after Schwartz and Hearst, Pac Symp
 * Biocomput 2003:451-62: `systemic lupus erythematosus (SLE)` or `SLE (systemic lupus erythematosus)`.
 */
import type { Span } from './analysis.ts';

/** `start` to `end` holds both, from the first letter of the one to the bracket after the other. */
export interface Definition extends Span {
  /** As the note writes them, white space as one blank. */
  readonly short: string;
  readonly long: string;
}

/** In UTF-16 units. A bracket that is longer holds no definition; no long form is sought farther before it. */
const LONGEST_BRACKET = 100;
const LONGEST_BEFORE = 120;
const LONGEST_SHORT = 10;

/** The definitions of a text, in order. Linear, and next to nothing where no bracket is. */
export function definitionsIn(text: string): Definition[] {
  const found: Definition[] = [];
  for (let open = text.indexOf('('); open >= 0; open = text.indexOf('(', open + 1)) {
    const inside = text.slice(open + 1, open + 1 + LONGEST_BRACKET + 1);
    const close = inside.search(/[()]/);
    if (close < 2 || inside.charAt(close) !== ')') continue;
    const before = text.slice(Math.max(0, open - LONGEST_BEFORE), open);
    const definition = definitionOf(before, inside.slice(0, close));
    if (!definition) continue;
    const { short, long, back } = definition;
    found.push({ short: blanks(short), long: blanks(long), start: open - back, end: open + close + 2 });
  }
  return found;
}

function blanks(text: string): string {
  return text.replace(/\s+/g, ' ');
}

interface Pair {
  readonly short: string;
  readonly long: string;
  /** How far before the bracket the definition begins. */
  readonly back: number;
}

function definitionOf(before: string, inside: string): Pair | undefined {
  const clause = /[^.;:!?()[\]]*$/.exec(before)?.[0].replace(/^.*\n\s*\n/s, '') ?? '';
  const short = inside.split(/[,;=]/, 1)[0]?.replace(/^["'“”\s]+|["'“”\s]+$/g, '') ?? '';
  if (isShortForm(short)) {
    const start = longFormStart(short, clause.trimEnd());
    if (start >= 0) return { short, long: clause.slice(start).trimEnd(), back: clause.length - start };
  }
  const last = /([\p{L}\p{N}&/-]+)\s*$/u.exec(clause);
  const word = last?.[1] ?? '';
  const long = inside.trim();
  if (!last || !isShortForm(word) || longFormStart(word, long) !== 0) return undefined;
  return { short: word, long, back: last[0].length };
}

/** Two to ten characters, at most two words, with a capital after the first letter: `Left` is none, nor is `R>L`. */
function isShortForm(text: string): boolean {
  if (text.length < 2 || text.length > LONGEST_SHORT || !/^[\p{L}\p{N}][\p{L}\p{N}&/. -]+$/u.test(text)) return false;
  return /\p{Lu}/u.test(text.slice(1)) && text.split(/\s+/).length <= 2 && !ENUMERATION.test(text);
}

/** `I`, `II`, `IV`: numbers. */
const ENUMERATION = /^[IVX]+$/;

/**
 * Where the shortest long form begins at the end of `text`, -1 where there is none. From the right, each letter or digit of the
 * short form must stand in it in the same order, the first one at the beginning of a word.
 */
function longFormStart(short: string, text: string): number {
  const letters = [...short.toLowerCase()].filter((letter) => /[\p{L}\p{N}]/u.test(letter));
  const lower = text.toLowerCase();
  if (lower.length !== text.length) return -1; // letters that change their length would move the places
  let at = lower.length;
  for (let index = letters.length - 1; index >= 0; index--) {
    const letter = letters[index] ?? '';
    do at = at > 0 ? lower.lastIndexOf(letter, at - 1) : -1;
    while (index === 0 && at > 0 && /[\p{L}\p{N}]/u.test(lower.charAt(at - 1)));
    if (at < 0) return -1;
  }
  return isLongForm(short, letters, text.slice(at)) ? at : -1;
}

/**
 * Longer than the short form, which is no word of it, and of not too many words (Schwartz and Hearst). Clinical notes need
 * more: of several words the first is no `of` or `the`, and the last begins with a letter of the later half of the short
 * form, or else `weakness of the left eye (OS)` spells something out.
 */
function isLongForm(short: string, letters: readonly string[], long: string): boolean {
  const words = long
    .toLowerCase()
    .split(/[\s/-]+/)
    .filter(Boolean);
  if (long.length <= short.length || words.length > Math.min(letters.length + 5, letters.length * 2)) return false;
  if (words.includes(short.toLowerCase())) return false;
  const begins = words.at(-1)?.charAt(0) ?? '';
  if (words.length === 1 || NUMBERED.test(short)) return true;
  return !SMALL_WORDS.has(words[0] ?? '') && letters.slice(letters.length >> 1).includes(begins);
}

const SMALL_WORDS = new Set('a an and as at by for from in is no of on or the to was with'.split(' '));

/** `WAIS-III`, `DRS-2`: the edition is spelled out in words that have no such letter. */
const NUMBERED = /-(?:[IVX]+|\d+)$/;
