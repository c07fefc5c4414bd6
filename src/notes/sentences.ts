/** Sentences of a note (R4 and R9 to R13 of SPEC.md): by rules, since clinical text is half prose, half list. */
import type { Span } from './analysis.ts';
import { ASCII, asciiSet, isAsciiLower, isBlank, isDigit, isIn } from './characters.ts';
import { breaksLine } from './line-ends.ts';
import { isAbbreviation } from './short-forms.ts';

/**
 * The sentences of a text, one after the other and covering it; white space between two belongs to the first.
 * @param breaks offsets, ascending, where a sentence begins in any case (headings)
 */
export function sentencesOf(text: string, breaks: readonly number[]): Span[] {
  const starts = sentenceStarts(text, breaks);
  return starts.map((start, i) => ({ start, end: starts[i + 1] ?? text.length }));
}

const NEWLINE = 10;
const DOT = 0x2e;
const CLOSING = 0x29;
/** What may end a sentence. */
const ENDERS = asciiSet(/[\n.?!)]/);

function sentenceStarts(text: string, breaks: readonly number[]): number[] {
  if (text.length === 0) return [];
  const starts = [0];
  const runs = { blank: new Run(text, isBlank), closing: new Run(text, isClosing) };
  const enders = ENDERS;
  let sentence = 0;
  let line = 0;
  let next = 0;
  let limit = breaks[0] ?? text.length;
  const begin = (at: number): void => {
    if (at <= sentence || at >= text.length) return;
    starts.push(at);
    sentence = at;
  };
  for (let at = 0; at < text.length; at++) {
    while (limit <= at) {
      begin(limit);
      limit = breaks[++next] ?? text.length;
    }
    const code = text.charCodeAt(at);
    if (code >= 128 || enders[code] !== 1) continue; // `isIn`, but for a loop over every character
    if (code === NEWLINE) {
      const after = runs.blank.endFrom(at);
      if (after < limit && breaksLine(text, line, at, after)) begin(after);
      line = after < limit ? Math.max(after, at + 1) : at + 1;
      at = line - 1;
    } else if (code === CLOSING) {
      if (isListNumber(text, sentence, at)) begin(numberStart(text, at));
    } else {
      const after = endsSentence(text, sentence, at, runs);
      if (after > 0 && after < limit) begin(after);
    }
  }
  return starts;
}

/** Where a run of characters of a kind ends, asked in ascending order: a run of a million is walked once, not at each place. */
class Run {
  private readonly text: string;
  private readonly holds: (code: number) => boolean;
  private from = 0;
  private end = 0;

  constructor(text: string, holds: (code: number) => boolean) {
    this.text = text;
    this.holds = holds;
  }

  endFrom(at: number): number {
    if (at < this.from || at >= this.end) {
      this.from = at;
      this.end = at;
      while (this.end < this.text.length && this.holds(this.text.charCodeAt(this.end))) this.end++;
    }
    return this.end;
  }
}

type Runs = Readonly<Record<'blank' | 'closing', Run>>;

const CLOSERS = asciiSet(/[.!?"')\]]/);

/** What may stand between the mark that ends a sentence and the blank after it, further marks included. */
function isClosing(code: number): boolean {
  return code < ASCII ? isIn(CLOSERS, code) : code === 0x201d || code === 0x2019;
}

/** Where the next sentence begins, or -1 where the mark at `at` ends none. */
function endsSentence(text: string, sentence: number, at: number, runs: Runs): number {
  const end = runs.closing.endFrom(at);
  if (end < text.length && !isBlank(text.charCodeAt(end))) return gluedStart(text, at, end);
  const after = runs.blank.endFrom(end);
  return text.charCodeAt(at) === DOT && isAbbreviation(text, sentence, at, after) ? -1 : after;
}

/** `no pain.The wound`: a full stop without its blank. */
function gluedStart(text: string, at: number, end: number): number {
  const last = text.charCodeAt(at - 1);
  if (end !== at + 1 || (last < ASCII && !isAsciiLower(last))) return -1;
  if (!/\p{Ll}{3}$/u.test(text.slice(Math.max(0, at - 3), at))) return -1;
  return /^\p{Lu}\p{Ll}/u.test(text.slice(end, end + 2)) ? end : -1;
}

/** `2) ` in running text begins an item. */
function isListNumber(text: string, sentence: number, at: number): boolean {
  if (!isDigit(text.charCodeAt(at - 1)) || !isBlank(text.charCodeAt(at + 1))) return false;
  const start = numberStart(text, at);
  return start > sentence && isBlank(text.charCodeAt(start - 1));
}

function numberStart(text: string, at: number): number {
  let start = at;
  while (start > at - 2 && start > 0 && isDigit(text.charCodeAt(start - 1))) start--;
  return start;
}
