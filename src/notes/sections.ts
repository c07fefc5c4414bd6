/** Sections of a note, from headings as clinical notes write them (R4 to R8 of SPEC.md). */
import type { ScopeCategory, Section } from './analysis.ts';
import { readHeadings } from './lexicon.ts';

/** A heading found in a text. */
export interface Heading {
  readonly start: number;
  /** Where the text under it begins: after the colon and the white space. */
  readonly bodyStart: number;
  /** `part` for a part of an examination, which begins a sentence and no section. */
  readonly kind: string;
}

/** The sections that the headings make; they cover a text of `length` units. */
export function sectionsOf(headings: readonly Heading[], length: number): Section[] {
  const tops = headings.filter((heading) => heading.kind !== 'part');
  const sections = tops.map((heading, i): Section => ({ ...heading, end: tops[i + 1]?.start ?? length }));
  const first = tops[0]?.start ?? length;
  if (first > 0) sections.unshift({ start: 0, end: first, kind: 'preamble', bodyStart: 0 });
  return sections;
}

/** What holds in a section of this kind where no cue says otherwise: `family` in a family history. */
export function sectionDefault(kind: string): ScopeCategory | undefined {
  return known().defaults.get(kind);
}

/** All headings of a text, in order. */
export function findHeadings(text: string): Heading[] {
  const found: Heading[] = [];
  for (let lineStart = 0; lineStart < text.length; ) {
    const lineEnd = endOfLine(text, lineStart);
    headingsOfLine(text, lineStart, lineEnd, found);
    lineStart = lineEnd + 1;
  }
  return found
    .map((heading) => ({ ...heading, bodyStart: skipBlank(text, heading.bodyStart) }))
    .map(inside(text.length));
}

const LONGEST = 60;
const MARKED_LINE =
  /^[ \t]*(#{1,6}[ \t]*|\*\*|__)(\S[^\n]{0,60}?)[ \t]*(?:\*\*|__|#+)?[ \t]*(:)?[ \t]*(?:\*\*|__)?[ \t]*\r?$/;
const LINE_START = /^[ \t]*(?:\*\*|__)?[ \t]*(?:(?:\d{1,2}|[IVX]{1,4}|[A-H])[.)][ \t]+)?/;

function headingsOfLine(text: string, start: number, end: number, found: Heading[]): void {
  const line = end - start <= 2 * LONGEST ? text.slice(start, end) : undefined;
  const marked = line === undefined ? null : MARKED_LINE.exec(line);
  if (marked) {
    found.push({ start, bodyStart: end, kind: kindOf(marked[2] ?? '') ?? 'other' });
    return;
  }
  const bare = line === undefined ? undefined : bareKind(line);
  if (bare) {
    found.push({ start, bodyStart: end, kind: bare });
    return;
  }
  let boundary = start + (LINE_START.exec(text.slice(start, Math.min(end, start + LONGEST)))?.[0].length ?? 0);
  const dashed = dashHeading(text, boundary, end);
  if (dashed) found.push({ start, ...dashed });
  for (let colon = text.indexOf(':', start); colon >= 0 && colon < end; colon = text.indexOf(':', colon + 1)) {
    const from = nameStart(text, boundary, colon);
    const kind = from < 0 ? undefined : colonKind(text.slice(from, colon), from === boundary);
    if (kind)
      found.push({
        start: from === boundary && boundary <= start + LONGEST ? lineOr(text, start, from) : from,
        bodyStart: colon + 1,
        kind,
      });
    if (kind) boundary = skipBlank(text, colon + 1);
  }
}

/** Where only white space and marks stand between the start of the line and the name, the heading has them too. */
function lineOr(text: string, lineStart: number, from: number): number {
  return /^[ \t*_]*(?:\w{1,4}[.)][ \t]+)?$/.test(text.slice(lineStart, from)) ? lineStart : from;
}

/** `Family History` alone on its line. */
function bareKind(line: string): string | undefined {
  const name = line.replace(LINE_START, '').trim();
  if (name === '' || name.length > LONGEST || !/^\p{Lu}/u.test(name)) return undefined;
  const kind = kindOf(name.replace(/[ \t]*:?[ \t]*(?:\*\*|__)?$/, ''));
  return kind === 'part' ? undefined : kind;
}

/** `Neck - supple`, `Review of Systems - ...` at the start of a line. */
function dashHeading(text: string, from: number, end: number): Omit<Heading, 'start'> | undefined {
  const match = /^(\p{Lu}[^-\n:.]{0,40}?)[ \t]+[-–][ \t]+/u.exec(text.slice(from, Math.min(end, from + LONGEST)));
  const kind = match ? kindOf(match[1] ?? '') : undefined;
  return match && kind ? { bodyStart: from + match[0].length, kind } : undefined;
}

/** Where the words before a colon begin that may be a heading: after a sentence, two blanks, or at the boundary. */
function nameStart(text: string, boundary: number, colon: number): number {
  const floor = Math.max(boundary, colon - LONGEST);
  for (let at = colon - 1; at > floor; at--) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x09) continue;
    const before = text.charCodeAt(at - 1);
    if (before === 0x20 || before === 0x09 || /[.!?;\])}]/.test(text.charAt(at - 1)))
      return at + 1 < colon ? at + 1 : -1;
  }
  return floor === boundary ? boundary : -1;
}

function colonKind(name: string, atBoundary: boolean): string | undefined {
  if (!/^\p{Lu}/u.test(name) && !(atBoundary && /^\p{Ll}/u.test(name))) return undefined;
  const kind = kindOf(name);
  if (kind) return kind;
  const letters = name.replace(/[^\p{L}]/gu, '');
  const shouted = letters.length >= 4 && letters === letters.toUpperCase() && name.trim().split(/\s+/).length <= 6;
  return shouted ? 'other' : undefined;
}

let cache: { names: ReadonlyMap<string, string>; defaults: ReadonlyMap<string, ScopeCategory> } | undefined;

function known() {
  if (!cache) {
    const groups = readHeadings();
    cache = {
      names: new Map(groups.flatMap((group) => group.names.map((name) => [plain(name), group.kind] as const))),
      defaults: new Map(groups.flatMap((group) => (group.default ? [[group.kind, group.default] as const] : []))),
    };
  }
  return cache;
}

function kindOf(name: string): string | undefined {
  return known().names.get(plain(name));
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}/&]+/gu, ' ')
    .replace(/ ?([/&]) ?/g, '$1')
    .trim();
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function skipBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text.charAt(at))) at++;
  return at;
}

/** A heading's body may not begin after the next heading (`HPI:` and `Exam:` on lines of their own). */
function inside(length: number) {
  return (heading: Heading, i: number, all: readonly Heading[]): Heading => ({
    ...heading,
    bodyStart: Math.min(heading.bodyStart, all[i + 1]?.start ?? length),
  });
}
