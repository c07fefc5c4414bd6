/** The words around the mentions of a note, for a terminal: what was found is marked, and so is the cue that decided. */
import { styleText } from 'node:util';
import type { Mention } from '../notes/index.ts';

const AROUND = 60;
const MOST = 3;

/** A stretch of a note with the mentions in it. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly mentions: readonly Mention[];
}

/** The words around the first mention of a note, or its beginning, on one line. */
export function snippetOf(text: string, mentions: readonly Mention[]): string {
  const [first] = mentions;
  return lineOf(text, stretchAround(text, first ? [first] : []), (part) => part);
}

/**
 * The stretches around the mentions, a line each, and under a mention that is not affirmed what decided so. Marked only
 * where standard output shows colours.
 */
export function snippetLines(text: string, mentions: readonly Mention[]): string[] {
  if (mentions.length === 0) return [lineOf(text, stretchAround(text, []), marked)];
  const stretches = stretchesOf(text, mentions);
  const left = stretches.slice(MOST).reduce((sum, stretch) => sum + stretch.mentions.length, 0);
  return [
    ...stretches
      .slice(0, MOST)
      .flatMap((stretch) => [lineOf(text, stretch, marked), ...verdicts(text, stretch.mentions)]),
    ...(left === 0 ? [] : [`and ${left} more ${left === 1 ? 'mention' : 'mentions'}`]),
  ];
}

function stretchesOf(text: string, mentions: readonly Mention[]): Stretch[] {
  const groups: Mention[][] = [];
  for (const mention of mentions) {
    const last = groups.at(-1);
    if (last && mention.start - Math.max(...last.map(({ end }) => end)) < AROUND) last.push(mention);
    else groups.push([mention]);
  }
  return groups.map((group) => stretchAround(text, group));
}

function stretchAround(text: string, mentions: readonly Mention[]): Stretch {
  const from = mentions[0]?.start ?? 0;
  const to = Math.max(0, ...mentions.map((mention) => mention.end));
  const before = text.slice(Math.max(0, from - AROUND), from);
  const after = text.slice(to, to + AROUND);
  // No word is cut in two where there is a blank to cut at.
  const cutBefore = from > AROUND ? /^\S*\s+(?=\S)/.exec(before)?.[0].length : undefined;
  const cutAfter = to + AROUND < text.length ? /\s\S*$/.exec(after)?.index : undefined;
  return { start: from - before.length + (cutBefore ?? 0), end: to + (cutAfter ?? after.length), mentions };
}

type Marks = (part: string, mention: Mention) => string;

function lineOf(text: string, { start, end, mentions }: Stretch, mark: Marks): string {
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
function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').toWellFormed();
}

const STYLES: Readonly<Partial<Record<Mention['assertion'], Parameters<typeof styleText>[0]>>> = {
  affirmed: ['bold', 'green'],
  negated: ['bold', 'red', 'strikethrough'],
};

function marked(part: string, { assertion }: Mention): string {
  return styleText(STYLES[assertion] ?? ['bold', 'yellow'], part, { stream: process.stdout });
}

/** `negated: “denies”`, once for each cue. */
function verdicts(text: string, mentions: readonly Mention[]): string[] {
  const said = mentions.flatMap(({ assertion, cue }) =>
    cue ? [`${assertion}: “${oneLine(cue.text ?? text.slice(cue.start, cue.end)).trim()}”`] : [],
  );
  const once = [...new Set(said)].join(', ');
  return once === '' ? [] : [`  ${styleText('dim', once, { stream: process.stdout })}`];
}
