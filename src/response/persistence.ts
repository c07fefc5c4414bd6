/** Whether and how completely a treatment was kept up. Rules R46 and R47 of SPEC.md. */
import { movedBy } from './calendar.ts';
import type { EpisodeDays } from './episodes.ts';

/**
 * Whether the first episode lasts so long after its start; `undefined` where it goes on, or the period ends before that.
 * (Persistence: Cramer et al., Value Health 2008;11:44-7)
 */
export function persistent(episodes: readonly EpisodeDays[], span: string, end: number): boolean | undefined {
  const [first] = episodes;
  if (!first) return undefined;
  const until = movedBy(first.first, span, 1);
  if (first.last < until) return first.ongoing ? undefined : false;
  return until <= end ? true : undefined;
}

/**
 * The share of days with the drug, from the first start on: for so long a time where one is named, else to the last day of the
 * last episode; never beyond the period. (Proportion of days covered)
 */
export function covered(episodes: readonly EpisodeDays[], span: string | undefined, end: number): number | undefined {
  const [first, last] = [episodes[0], episodes.at(-1)];
  if (!first || !last) return undefined;
  const wanted = span === undefined ? last.last : movedBy(first.first, span, 1) - 1;
  const until = Math.min(wanted, end);
  const days = until - first.first + 1;
  if (days <= 0) return undefined;
  let held = 0;
  for (const episode of episodes) {
    const without = episode.gaps.map((gap) => lengthWithin(gap, until));
    held += lengthWithin(episode, until) - without.reduce((sum, length) => sum + length, 0);
  }
  return held / days;
}

function lengthWithin({ first, last }: { readonly first: number; readonly last: number }, until: number): number {
  return Math.max(0, Math.min(last, until) - first + 1);
}
