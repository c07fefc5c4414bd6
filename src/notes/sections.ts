/** Sections of a note, from headings as clinical notes write them (R4 to R8 of SPEC.md). */
import type { Section } from './analysis.ts';
import { asciiSet, isBlank, isIn, isUpperAt, skipBlank } from './characters.ts';
import type { HeadingNames } from './heading-names.ts';
import { type Heading, LONGEST_NAME, nameStart, skipSpaces } from './heading-start.ts';
import { headingsWithin } from './headings-in-line.ts';

/** The sections that the headings make; they cover a text of `length` units. */
export function sectionsOf(headings: readonly Heading[], length: number): Section[] {
  const tops = headings.filter((heading) => heading.kind !== 'part');
  const sections = tops.map((heading, i): Section => ({ ...heading, end: tops[i + 1]?.start ?? length }));
  const first = tops[0]?.start ?? length;
  if (first > 0) sections.unshift({ start: 0, end: first, kind: 'preamble', bodyStart: 0 });
  return sections;
}

/** All headings of a text, in order. */
export function findHeadings(text: string, names: HeadingNames): Heading[] {
  const found: Heading[] = [];
  let colon = text.indexOf(':');
  for (let start = 0; start < text.length; ) {
    const end = endOfLine(text, start);
    const whole = wholeLineHeading(text, start, end, names);
    if (whole) found.push(whole);
    else headingsWithin(text, start, end, colon, names, found);
    if (colon >= 0 && colon < end) colon = text.indexOf(':', end);
    start = end + 1;
  }
  return found.map((heading, i) => closed(text, heading, found[i + 1]));
}

/** A line that is all heading: marked as one, or a known name alone. */
function wholeLineHeading(text: string, start: number, end: number, names: HeadingNames): Heading | undefined {
  if (end - start > 2 * LONGEST_NAME) return undefined;
  const kind = markedKind(text, start, end, names) ?? bareKind(text, start, end, names);
  return kind === undefined ? undefined : { start, bodyStart: end, kind };
}

const MARKED_LINE =
  /^[ \t]*(#{1,6}[ \t]*|\*\*|__)(\S[^\n]{0,60}?)[ \t]*(?:\*\*|__|#+)?[ \t]*(:)?[ \t]*(?:\*\*|__)?[ \t]*\r?$/;
const MARKS = asciiSet(/[#*_]/);

/** `# Wound care`, `**Wound care**`, `__Wound care__`. */
function markedKind(text: string, start: number, end: number, names: HeadingNames): string | undefined {
  if (!isIn(MARKS, text.charCodeAt(skipSpaces(text, start, end)))) return undefined;
  const name = MARKED_LINE.exec(text.slice(start, end))?.[2];
  return name === undefined ? undefined : (names.kindOf(name, 0, name.length) ?? 'other');
}

/** `Family History` alone on its line. */
function bareKind(text: string, start: number, end: number, names: HeadingNames): string | undefined {
  let from = nameStart(text, start, end);
  let to = end;
  while (from < to && isBlank(text.charCodeAt(from))) from++;
  while (from < to && isBlank(text.charCodeAt(to - 1))) to--;
  if (from === to || to - from > LONGEST_NAME || !isUpperAt(text, from)) return undefined;
  const kind = names.kindOf(text, from, to);
  return kind === 'part' ? undefined : kind;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/**
 * The heading with its body after the white space, but not after the next heading (`HPI:` and `Exam:` on lines of their
 * own).
 */
function closed(text: string, heading: Heading, next: Heading | undefined): Heading {
  return { ...heading, bodyStart: Math.min(skipBlank(text, heading.bodyStart), next?.start ?? text.length) };
}
