/** A heading, and where its name begins: after blanks, marks and the number of a list. */
import { type AsciiSet, asciiSet, isIn, isSpace } from './characters.ts';

/** A heading found in a text. */
export interface Heading {
  readonly start: number;
  /** Where the text under it begins: after the colon and the white space. */
  readonly bodyStart: number;
  /** `part` for a part of an examination, which begins a sentence and no section. */
  readonly kind: string;
}

/** No name of a heading is longer. */
export const LONGEST_NAME = 60;

/** Where a name may begin on a line: after blanks, `**` or `__`, and a number (`2.`, `IV)`, `B.`). */
export function nameStart(text: string, start: number, end: number): number {
  let at = skipSpaces(text, start, end);
  const mark = text.charCodeAt(at);
  if (at + 1 < end && (mark === STAR || mark === UNDERSCORE) && text.charCodeAt(at + 1) === mark) {
    at = skipSpaces(text, at + 2, end);
  }
  const number = numberEnd(text, at, end);
  if (number < 0) return at;
  const after = skipSpaces(text, number, end);
  return after > number ? after : at;
}

const STAR = 0x2a;
const UNDERSCORE = 0x5f;
const ROMAN = asciiSet(/[IVX]/);
const DIGIT = asciiSet(/\d/);
const ITEM = asciiSet(/[A-H]/);
const AFTER_NUMBER = asciiSet(/[.)]/);

/** Where the number of a list that begins at `at` ends, its stop or bracket included; -1 where there is none. */
function numberEnd(text: string, at: number, end: number): number {
  const code = text.charCodeAt(at);
  const ends = (digits: AsciiSet, longest: number): number => {
    let to = at;
    while (to < end && to - at < longest && isIn(digits, text.charCodeAt(to))) to++;
    return to > at && to < end && isIn(AFTER_NUMBER, text.charCodeAt(to)) ? to + 1 : -1;
  };
  if (isIn(DIGIT, code)) return ends(DIGIT, 2);
  if (isIn(ROMAN, code)) return ends(ROMAN, 4);
  return isIn(ITEM, code) ? ends(ITEM, 1) : -1;
}

/** Over the spaces and tabs from `from` on, at most to `end`. */
export function skipSpaces(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isSpace(text.charCodeAt(at))) at++;
  return at;
}
