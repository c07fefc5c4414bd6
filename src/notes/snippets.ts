/** The words around the mentions of a note, without the line ends and without the characters that would steer a terminal. */
import type { Mention } from './stored-note.ts';

const AROUND = 60;

/** A stretch of a note with the mentions in it, by place; no word is cut where it begins or ends. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly mentions: readonly Mention[];
}

/** The words around the first mention of a note, or its beginning, on one line. */
export function snippetOf(text: string, mentions: readonly Mention[]): string {
  const [first] = mentions;
  return lineOf(text, stretchAround(text, first ? [first] : []), (part) => part);
}

/** The stretches around mentions, in their order; those that are near one another share one. */
export function stretchesOf(text: string, mentions: readonly Mention[]): Stretch[] {
  const groups: Mention[][] = [];
  for (const mention of mentions) {
    const last = groups.at(-1);
    if (last && mention.start - Math.max(...last.map(({ end }) => end)) < AROUND) last.push(mention);
    else groups.push([mention]);
  }
  return groups.map((group) => stretchAround(text, group));
}

/** The stretch around these mentions; the beginning of the text where there is none. */
export function stretchAround(text: string, mentions: readonly Mention[]): Stretch {
  const from = mentions[0]?.start ?? 0;
  const to = Math.max(0, ...mentions.map((mention) => mention.end));
  const before = text.slice(Math.max(0, from - AROUND), from);
  const after = text.slice(to, to + AROUND);
  // No word is cut in two where there is a blank to cut at.
  const cutBefore = from > AROUND ? /^\S*\s+(?=\S)/.exec(before)?.[0].length : undefined;
  const cutAfter = to + AROUND < text.length ? /\s\S*$/.exec(after)?.index : undefined;
  return { start: from - before.length + (cutBefore ?? 0), end: to + (cutAfter ?? after.length), mentions };
}

/** How a mention is marked in a line. */
type Marks = (part: string, mention: Mention) => string;

/** A stretch on one line, its mentions marked; three dots where the note goes on. */
export function lineOf(text: string, { start, end, mentions }: Stretch, mark: Marks): string {
  let line = start > 0 ? '…' : '';
  let at = start;
  for (const mention of mentions.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (mention.end <= at) continue; // one term within another: `systemic sclerosis` has `sclerosis`
    const from = Math.max(at, mention.start);
    line += oneLine(text.slice(at, from)) + mark(oneLine(text.slice(from, mention.end)), mention);
    at = mention.end;
  }
  return `${line}${oneLine(text.slice(at, end))}${end < text.length ? '…' : ''}`.trim();
}

/** Without line ends, and without the characters that would steer a terminal. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').toWellFormed();
}
