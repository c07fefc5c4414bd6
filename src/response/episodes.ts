/** Uses whose days are known, joined to episodes. Rules R33 to R35 of SPEC.md. */
import type { EndBy, Use } from './exposure.ts';

/** A use on certain days, both included, in days since 1970-01-01. */
export interface Span {
  readonly use: Use;
  /** As the source has it. */
  readonly began: number;
  /** The days that it counts for: later where what was left before it is used first. */
  readonly first: number;
  readonly last: number;
}

/** Days without the drug within an episode, both included. */
export interface Gap {
  readonly first: number;
  readonly last: number;
}

/** Uses with no longer gap between them than the protocol allows. */
export interface EpisodeDays {
  readonly first: number;
  readonly last: number;
  /** In the order of their starts. */
  readonly spans: readonly Span[];
  readonly gaps: readonly Gap[];
  /** It may go on after the period: the gap that would end it was not seen whole. */
  readonly ongoing: boolean;
}

/** What joins uses, in days; `end` is the last day of the period. */
export interface JoinRules {
  readonly gap: number;
  readonly carryOver: boolean;
  readonly end: number;
}

/** The use on the first day named, with the last where it has one of its own. */
export interface Dated {
  readonly use: Use;
  readonly first: number;
  readonly last: number;
}

/** Joins uses, in whatever order they come. */
export function joinEpisodes(dated: readonly Dated[], rules: JoinRules): EpisodeDays[] {
  const spans = placed(dated, rules.carryOver);
  const groups: Span[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const span of spans) {
    const group = groups.at(-1);
    if (group && span.first - end - 1 <= rules.gap) group.push(span);
    else groups.push([span]);
    end = Math.max(end, span.last);
  }
  return groups.map((group) => episodeOf(group, rules));
}

/** Spans by the day that they count from. A supply that begins while another lasts is used after it, if it is carried over. */
function placed(dated: readonly Dated[], carryOver: boolean): Span[] {
  let supplied = Number.NEGATIVE_INFINITY;
  return dated
    .toSorted((a, b) => a.first - b.first || a.last - b.last || compare(a.use.exposure.source, b.use.exposure.source))
    .map(({ use, first: began, last }) => {
      if (!carryOver || !('length' in use)) return { use, began, first: began, last };
      const first = Math.max(began, supplied + 1);
      supplied = first + use.length - 1;
      return { use, began, first, last: supplied };
    })
    .sort((a, b) => a.first - b.first);
}

function episodeOf(spans: readonly Span[], { gap, end }: JoinRules): EpisodeDays {
  const first = Math.min(...spans.map((span) => span.first));
  const gaps: Gap[] = [];
  let last = first - 1;
  for (const span of spans) {
    if (span.first > last + 1) gaps.push({ first: last + 1, last: span.first - 1 });
    last = Math.max(last, span.last);
  }
  const wasStopped = spans.some(({ last: own, use }) => own === last && STOPPED.has(use.endBy));
  return { first, last, spans, gaps, ongoing: last >= end || (!wasStopped && last + gap >= end) };
}

/** Ends that are ends of the use, whether or not their day is known; those of a supply are when it was used up. */
const STOPPED: ReadonlySet<EndBy> = new Set(['stop', 'unknown']);

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
