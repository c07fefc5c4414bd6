/** Where the end of a line ends a sentence: before items and labels, and after lines that are no lines of prose. */
import { ASCII, asciiSet, isBlank, isIn, isLowerAt } from './characters.ts';

/** A line shorter than this was ended by its writer, not by the margin. */
const SHORT = 45;
const VERY_SHORT = 25;
const LABEL_LONGEST = 42;

/**
 * Does a sentence end with its line (R11 of SPEC.md)?
 * @param line where the line begins, and `end` where it ends
 * @param after where the text goes on after white space
 */
export function breaksLine(text: string, line: number, end: number, after: number): boolean {
  if (after >= text.length) return false;
  if (text.slice(end + 1, after).includes('\n')) return true;
  if (isBullet(text, after) || isLabel(text, after)) return true;
  if (endsOpen(text, Math.max(line, end - LABEL_LONGEST), end)) return false;
  return end - line < (isLowerAt(text, after) ? VERY_SHORT : SHORT);
}

const BULLET = /^(?:[-*•·▪◦‣–—+>o][ \t]|\d{1,2}[.)][ \t]|#|\[[ xX]?\])/;
const BULLET_LONGEST = 4;
const BULLET_FIRST = asciiSet(/[-*+>o\d#[]/);

function isBullet(text: string, at: number): boolean {
  const first = text.charCodeAt(at);
  if (first < ASCII && !isIn(BULLET_FIRST, first)) return false;
  return BULLET.test(text.slice(at, at + BULLET_LONGEST));
}

const LABEL = /^[\p{L}][\p{L}\p{N} /()&'-]{0,38}:(?:\s|$)/u;
const IN_LABEL = asciiSet(/[A-Za-z0-9 /()&'-]/);
const LETTERS = asciiSet(/[A-Za-z]/);

/** `Skin: `, `Follow up (clinic): `, at the start of a line. */
function isLabel(text: string, start: number): boolean {
  const end = Math.min(text.length, start + LABEL_LONGEST);
  if (text.charCodeAt(start) < ASCII && !isIn(LETTERS, text.charCodeAt(start))) return false;
  let at = start;
  while (at < end && isIn(IN_LABEL, text.charCodeAt(at))) at++;
  const ascii = at === end || text.charCodeAt(at) < ASCII;
  if (ascii && text.charAt(at) !== ':') return false;
  return LABEL.test(text.slice(start, end));
}

const OPEN_MARKS = asciiSet(/[,;/-]/);
const WORD = asciiSet(/\w/);
const OPEN_WORDS = new Set(
  'and or of the with no not denies denied for to a an in on any without is was are were has had her his by from at that which'.split(
    ' ',
  ),
);
const OPEN_LONGEST = 7;

/** Does a line end as no sentence does: `fever and`, `denies`, `fever,`? Trailing blanks do not count. */
function endsOpen(text: string, from: number, to: number): boolean {
  let end = to;
  while (end > from && isBlank(text.charCodeAt(end - 1))) end--;
  if (end === from) return false;
  if (isIn(OPEN_MARKS, text.charCodeAt(end - 1))) return true;
  let start = end;
  while (start > from && end - start <= OPEN_LONGEST && isIn(WORD, text.charCodeAt(start - 1))) start--;
  return OPEN_WORDS.has(text.slice(start, end).toLowerCase());
}
