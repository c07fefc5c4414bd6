/** Headings that the text of their section follows on the line: before a colon or a dash (R5 and R6 of SPEC.md). */
import { asciiSet, isAsciiLower, isIn, isLowerAt, isSpace, isUpperAt, skipBlank } from './characters.ts';
import type { HeadingNames } from './heading-names.ts';
import { type Heading, LONGEST_NAME, nameStart } from './heading-start.ts';

/** The headings that the text of their section follows on the line; `colon` is the first one from `start` on. */
export function headingsWithin(
  text: string,
  start: number,
  end: number,
  colon: number,
  names: HeadingNames,
  found: Heading[],
): void {
  let boundary = nameStart(text, start, Math.min(end, start + LONGEST_NAME));
  const dashed = dashHeading(text, boundary, end, names);
  if (dashed) found.push({ start, ...dashed });
  for (let at = colon; at >= 0 && at < end; at = text.indexOf(':', at + 1)) {
    const from = beforeColon(text, boundary, at);
    const kind = from < 0 ? undefined : colonKind(text, from, at, from === boundary, names);
    if (!kind) continue;
    const first = from === boundary && boundary <= start + LONGEST_NAME;
    found.push({ start: first ? lineOr(text, start, from) : from, bodyStart: at + 1, kind });
    boundary = skipBlank(text, at + 1);
  }
}

/** Where only white space and marks stand between the start of the line and the name, the heading has them too. */
function lineOr(text: string, lineStart: number, from: number): number {
  return /^[ \t*_]*(?:\w{1,4}[.)][ \t]+)?$/.test(text.slice(lineStart, from)) ? lineStart : from;
}

const DASHED = /^(\p{Lu}[^-\n:.]{0,40}?)[ \t]+[-–][ \t]+/u;
const DASH = 0x2d;
const EN_DASH = 0x2013;
const ENDS_DASHED = asciiSet(/[:.\n]/);

/** `Neck - supple`, `Review of Systems - ...` at the start of a line. */
function dashHeading(text: string, from: number, end: number, names: HeadingNames): Omit<Heading, 'start'> | undefined {
  const limit = Math.min(end, from + LONGEST_NAME);
  if (from >= limit || !isUpperAt(text, from) || !hasDash(text, from, limit)) return undefined;
  const match = DASHED.exec(text.slice(from, limit));
  const kind = match ? names.kindOf(match[1] ?? '', 0, match[1]?.length ?? 0) : undefined;
  return match && kind ? { bodyStart: from + match[0].length, kind } : undefined;
}

/** Is there a dash after a blank, before anything that no name has? */
function hasDash(text: string, from: number, limit: number): boolean {
  for (let at = from + 1; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === DASH || code === EN_DASH) {
      if (isSpace(text.charCodeAt(at - 1))) return true;
      if (code === DASH) return false;
    } else if (isIn(ENDS_DASHED, code)) return false;
  }
  return false;
}

const ENDS_SENTENCE = asciiSet(/[.!?;\])}]/);

/** Where the words before a colon begin that may be a heading: after a sentence, two blanks, or at the boundary. */
function beforeColon(text: string, boundary: number, colon: number): number {
  const floor = Math.max(boundary, colon - LONGEST_NAME);
  for (let at = colon - 1; at > floor; at--) {
    if (!isSpace(text.charCodeAt(at))) continue;
    const before = text.charCodeAt(at - 1);
    if (isSpace(before) || isIn(ENDS_SENTENCE, before)) return at + 1 < colon ? at + 1 : -1;
  }
  return floor === boundary ? boundary : -1;
}

function colonKind(
  text: string,
  from: number,
  colon: number,
  atBoundary: boolean,
  names: HeadingNames,
): string | undefined {
  if (from >= colon || !(isUpperAt(text, from) || (atBoundary && isLowerAt(text, from)))) return undefined;
  return names.kindOf(text, from, colon) ?? (isShouted(text, from, colon) ? 'other' : undefined);
}

/** Four capitals at least, six words at most, and no small letter. */
function isShouted(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (isAsciiLower(text.charCodeAt(at))) return false;
  const name = text.slice(from, to);
  const letters = name.replace(/[^\p{L}]/gu, '');
  return letters.length >= 4 && letters === letters.toUpperCase() && name.trim().split(/\s+/).length <= 6;
}
