import type { MentionView } from '../../../../src/server/contract/index.ts';
import type { HighlightRange } from '../../parts/highlight-segments.ts';

/** Mentions as parts of a text to be marked: a colour for each term set of the search, one more for its other words. */
export function rangesOf(mentions: readonly MentionView[], termSets: readonly string[]): HighlightRange[] {
  return mentions.map(({ start, end, set, term, assertion, cue }) => {
    const place = set === null ? -1 : termSets.indexOf(set);
    const isNegated = assertion === 'negated';
    const said = assertion === 'affirmed' || isNegated ? [] : [`${assertion}${cue ? ` by “${cue.text}”` : ''}`];
    return {
      start,
      end,
      id: `${start}-${end}`,
      set: place < 0 ? termSets.length : place,
      name: [set === null ? term : `@${set}`, ...said].join(', '),
      ...(isNegated && { negatedBy: cue?.text ?? 'its section' }),
    };
  });
}
