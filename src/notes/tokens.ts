/**
 * The one definition of a word (R1 to R3 of SPEC.md). A word is a run of letters, digits and private-use characters, with the
 * combining marks that follow them. Compared, it is folded: lower case, without diacritics. The index has the same words.
 */

import { ASCII, asciiSet, isIn } from './characters.ts';

/** Words of a text in order. Three parallel arrays, since a note of 5 MB has a million of them. */
export interface Tokens {
  /** Folded words. */
  readonly words: string[];
  /** UTF-16 offsets. */
  readonly starts: number[];
  readonly ends: number[];
}

/** The words of a text. */
export function tokenize(text: string): Tokens {
  const tokens: Tokens = { words: [], starts: [], ends: [] };
  for (let at = 0; at < text.length; ) {
    const end = wordEnd(text, at, LETTER);
    if (end === at) {
      at++;
      continue;
    }
    tokens.words.push(fold(text.slice(at, end)));
    tokens.starts.push(at);
    tokens.ends.push(end);
    at = end;
  }
  return tokens;
}

/** A word as it is compared: lower case, decomposed, without marks, ligatures spelled out, one form of sigma. */
export function fold(word: string): string {
  const lower = word.toLowerCase();
  if (isAscii(lower)) return lower;
  return lower
    .replace(/[ﬀ-ﬆ]/g, (ligature) => ligature.normalize('NFKD'))
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('ς', 'σ');
}

const WORD = asciiSet(/[A-Za-z0-9]/);

/** Is the UTF-16 code that of an ASCII letter or digit? */
export function isWordCode(code: number): boolean {
  return isIn(WORD, code);
}

/** Where the word ends that begins at `start`, or goes on there; `start` where none does. */
export function wordEnd(text: string, start: number, first: RegExp): number {
  let end = start;
  for (let characters = first; end < text.length; characters = LETTER_OR_MARK) {
    const code = text.charCodeAt(end);
    const length = code < ASCII ? Number(isWordCode(code)) : wordLengthAt(text, end, characters);
    if (length === 0) break;
    end += length;
  }
  return end;
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

/** What a word begins with. */
export const LETTER = /[\p{L}\p{N}\p{Co}]/u;
/** What a word goes on with. */
export const LETTER_OR_MARK = /[\p{L}\p{N}\p{Co}\p{M}]/u;

/** How many UTF-16 units the character at `at` has, 0 where it is not of the class. A lone surrogate is of none. */
export function wordLengthAt(text: string, at: number, characters: RegExp): number {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  return characters.test(character) ? character.length : 0;
}
