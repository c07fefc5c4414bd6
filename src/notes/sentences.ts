/** Sentences of a note (R4 and R9 to R13 of SPEC.md): by rules, since clinical text is half prose, half list. */
import type { Span } from './analysis.ts';

/**
 * The sentences of a text, one after the other and covering it; white space between two belongs to the first.
 * @param breaks offsets, ascending, where a sentence begins in any case (headings)
 */
export function sentencesOf(text: string, breaks: readonly number[]): Span[] {
  const starts = sentenceStarts(text, breaks);
  return starts.map((start, i) => ({ start, end: starts[i + 1] ?? text.length }));
}

function sentenceStarts(text: string, breaks: readonly number[]): number[] {
  if (text.length === 0) return [];
  const starts = [0];
  let sentence = 0;
  let line = 0;
  let next = 0;
  const begin = (at: number): void => {
    if (at <= sentence || at >= text.length) return;
    starts.push(at);
    sentence = at;
  };
  for (let at = 0; at < text.length; at++) {
    while ((breaks[next] ?? Number.POSITIVE_INFINITY) <= at) begin(breaks[next++] ?? 0);
    const code = text.charCodeAt(at);
    if (code === NEWLINE) {
      const after = skipBlank(text, at);
      const limit = breaks[next] ?? Number.POSITIVE_INFINITY;
      if (after < limit && breaksLine(text, line, at, after)) begin(after);
      line = after < limit ? Math.max(after, at + 1) : at + 1;
      at = line - 1;
    } else if (code === DOT || code === QUESTION || code === EXCLAMATION) {
      const after = endsSentence(text, sentence, at);
      if (after > 0 && after < (breaks[next] ?? Number.POSITIVE_INFINITY)) begin(after);
    } else if (code === CLOSING && isListNumber(text, sentence, at)) begin(numberStart(text, at));
  }
  return starts;
}

const NEWLINE = 10;
const DOT = 0x2e;
const QUESTION = 0x3f;
const EXCLAMATION = 0x21;
const CLOSING = 0x29;

/** A line shorter than this was ended by its writer, not by the margin. */
const SHORT = 45;
const VERY_SHORT = 25;
const BULLET = /^(?:[-*•·▪◦‣–—+>o][ \t]|\d{1,2}[.)][ \t]|#|\[[ xX]?\])/;
const LABEL = /^[\p{L}][\p{L}\p{N} /()&'-]{0,38}:(?:\s|$)/u;
const LABEL_LONGEST = 42;
const OPEN_END =
  /(?:[,;/-]|\b(?:and|or|of|the|with|no|not|denies|denied|for|to|a|an|in|on|any|without|is|was|are|were|has|had|her|his|by|from|at|that|which))$/i;

function breaksLine(text: string, line: number, end: number, after: number): boolean {
  if (after >= text.length) return false;
  if (text.indexOf('\n', end + 1) >= 0 && text.indexOf('\n', end + 1) < after) return true;
  const head = text.slice(after, after + LABEL_LONGEST);
  if (BULLET.test(head) || LABEL.test(head)) return true;
  const tail = text.slice(Math.max(line, end - LABEL_LONGEST), end).trimEnd();
  if (OPEN_END.test(tail)) return false;
  const length = end - line;
  return /^\p{Ll}/u.test(head) ? length < VERY_SHORT : length < SHORT;
}

/** Where the next sentence begins, or -1 where the mark at `at` ends none. */
function endsSentence(text: string, sentence: number, at: number): number {
  let end = at + 1;
  while (end < text.length && /[.!?"'”’)\]]/.test(text.charAt(end))) end++;
  const next = text.charAt(end);
  if (end < text.length && !/\s/.test(next)) return gluedStart(text, at, end);
  const after = skipBlank(text, end);
  if (text.charCodeAt(at) !== DOT) return after;
  return isAbbreviation(text, sentence, at, text.slice(after, after + 2)) ? -1 : after;
}

/** `no pain.The wound`: a full stop without its blank. */
function gluedStart(text: string, at: number, end: number): number {
  const glued = end === at + 1 && /\p{Ll}{3}$/u.test(text.slice(Math.max(0, at - 3), at));
  return glued && /^\p{Lu}\p{Ll}/u.test(text.slice(end, end + 2)) ? end : -1;
}

/** Never the last word of a sentence. */
const TITLES = new Set('dr mr mrs ms prof st vs eg ie e.g i.e cf fig figs approx'.split(' '));
/** The last word only where a capital follows. */
const SHORT_FORMS = new Set(
  'pt pts hx dx rx tx fx sx wk wks mo mos yr yrs hr hrs min mins sec dept max avg temp resp no nos etc al ca ml mg cm mm kg lb lbs oz tab tabs cap caps'.split(
    ' ',
  ),
);

function isAbbreviation(text: string, sentence: number, dot: number, next: string): boolean {
  const before = text.slice(Math.max(sentence, dot - 24), dot);
  const word = /[\p{L}\p{N}.]*$/u.exec(before)?.[0] ?? '';
  const capital = /^\p{Lu}/u.test(next);
  const small = word.toLowerCase();
  if (TITLES.has(small)) return true;
  if (SHORT_FORMS.has(small)) return small === 'no' ? /^\d/.test(next) : !capital && next !== '';
  if (/^\d{1,2}$/.test(word) && before.trim() === word && dot - word.length <= sentence + 2) return true;
  if (/^(?:\p{L}\.)+\p{L}$/u.test(word)) return !capital && next !== '';
  if (/^\p{L}$/u.test(word)) return isInitial(before, capital) || (!capital && next !== '');
  return false;
}

/** `John Q. Public`, `Dr. J. Smith`; but not `hepatitis C. The`. */
function isInitial(before: string, capital: boolean): boolean {
  return capital && /(?:\p{Lu}\p{Ll}+|\b[DM]rs?\.|\p{Lu}\.)[ \t]+\p{Lu}$/u.test(before);
}

/** `2) ` in running text begins an item. */
function isListNumber(text: string, sentence: number, at: number): boolean {
  if (!/\s/.test(text.charAt(at + 1))) return false;
  const start = numberStart(text, at);
  return start < at && start > sentence && /\s/.test(text.charAt(start - 1));
}

function numberStart(text: string, at: number): number {
  let start = at;
  while (start > at - 2 && start > 0 && /\d/.test(text.charAt(start - 1))) start--;
  return start;
}

function skipBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text.charAt(at))) at++;
  return at;
}
