/** What is marked in a note: words of term sets, what was copied, what was found, what is evidence. Pure. */
import type { ChartMention } from '../../../../src/server/contract/index.ts';
import type { HighlightRange } from '../highlight-segments.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

/** All that may be marked. */
export interface Marked {
  readonly mentions: readonly ChartMention[];
  readonly copies: readonly (Span & { readonly from: string })[];
  readonly found: readonly Span[];
  readonly evidence: Span | undefined;
  /** By id, in the order of their colours. */
  readonly termSets: readonly { readonly id: string; readonly label: string }[];
}

/** The ranges, each with an id by which it is found again: `mention:PLACE`, `found:PLACE`. */
export function noteRanges({ mentions, copies, found, evidence, termSets }: Marked): HighlightRange[] {
  return [
    ...mentionRanges(mentions, termSets),
    ...copies.map(
      ({ start, end }): HighlightRange => ({ start, end, set: 0, kind: 'copied', name: 'in an earlier note too' }),
    ),
    ...found.map(({ start, end }, at): HighlightRange => ({ start, end, set: 0, kind: 'found', id: `found:${at}` })),
    ...(evidence
      ? [{ start: evidence.start, end: evidence.end, set: 0, kind: 'evidence' as const, name: 'evidence' }]
      : []),
  ];
}

/** Words of term sets, each in the colour of its set; `from` is where a text begins that is part of the note. */
export function mentionRanges(
  mentions: readonly ChartMention[],
  termSets: Marked['termSets'],
  from = 0,
): HighlightRange[] {
  return mentions.map(({ start, end, set, assertion, cue }, at) => {
    const colour = Math.max(
      0,
      termSets.findIndex(({ id }) => id === set),
    );
    const label = termSets[colour]?.label ?? set ?? '';
    const said = assertion === 'affirmed' || assertion === 'negated' ? '' : `, ${assertionWords[assertion]}`;
    return {
      start: start - from,
      end: end - from,
      set: colour,
      id: `mention:${at}`,
      name: cue && said ? `${label}${said} (“${cue.text}”)` : `${label}${said}`,
      ...(assertion === 'negated' ? { negatedBy: cue?.text ?? '' } : {}),
    };
  });
}

/** As people say it. */
export const assertionWords: Readonly<Record<ChartMention['assertion'], string>> = {
  affirmed: 'affirmed',
  negated: 'negated',
  possible: 'possible',
  historical: 'in the past',
  hypothetical: 'hypothetical',
  'other-experiencer': 'about somebody else',
};

/** A mention in words, for whoever goes through them by keys: `Plaques: “joint pain”, negated by “denies”, in exam`. */
export function mentionText(text: string, mention: ChartMention, termSets: Marked['termSets']): string {
  const { start, end, set, assertion, cue, section } = mention;
  const label = termSets.find(({ id }) => id === set)?.label;
  const by = cue ? ` by “${cue.text}”` : '';
  return `${label ? `${label}: ` : ''}“${text.slice(start, end)}”, ${assertionWords[assertion]}${by}, in ${section.replaceAll('-', ' ')}`;
}
