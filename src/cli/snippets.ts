/** The words around the mentions of a note, for a terminal: what was found is marked, and so is the cue that decided. */
import { styleText } from 'node:util';
import { lineOf, type Mention, oneLine, stretchAround, stretchesOf } from '../notes/index.ts';

const MOST = 3;

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
