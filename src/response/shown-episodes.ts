/** Episodes as they are shown and named in expressions: with the bounds of partial dates, and whether they are sure. Rule R39 of SPEC.md. */
import { dayOfNumber, type NumberRange } from '../base/index.ts';
import { type Amounts, amountsOf } from './amounts.ts';
import { type Cluster, completions, MOST_COMPLETIONS } from './completions.ts';
import { type DateBounds, dateBounds } from './date-bounds.ts';
import { type Dose, type DoseChange, doseChanges, doseOf } from './dose-changes.ts';
import { type EpisodeDays, type JoinRules, joinEpisodes } from './episodes.ts';
import type { Exposure, Use } from './exposure.ts';

/** An episode of a treatment. */
export interface TreatmentEpisode extends Amounts {
  readonly start: DateBounds;
  readonly stop: DateBounds;
  /** The gap that would end it was not seen whole: its stop is when the last supply is used up, or the period ends. */
  readonly ongoing: boolean;
  /** However partial dates are filled in, the same uses make the episode, in the same order. Else it may be several. */
  readonly isSure: boolean;
  /** From start to stop, both included, to the end of the period at the most; absent where partial dates leave it open. */
  readonly days?: number;
  readonly uses: readonly Use[];
  /** Of its first and its last use. */
  readonly dose?: Dose;
  readonly lastDose?: Dose;
  readonly frequency?: string;
  readonly changes: readonly DoseChange[];
  /** Days without the drug, none of them longer than the protocol allows. */
  readonly gaps: readonly { readonly from: string; readonly to: string; readonly days: number }[];
}

/** The episodes of a cluster; one that may be several where partial dates do not decide. `all`: the treatment's exposures. */
export function shownEpisodes(cluster: Cluster, rules: JoinRules, all: readonly Exposure[]): TreatmentEpisode[] {
  let first: readonly EpisodeDays[] | undefined;
  let bounds: { first: NumberRange; last: NumberRange }[] = [];
  let isSure = cluster.ways <= MOST_COMPLETIONS;
  for (const dated of isSure ? completions(cluster.uses) : []) {
    const episodes = joinEpisodes(dated, rules);
    if (first === undefined) {
      first = episodes;
      bounds = episodes.map((one) => ({ first: pointed(one.first), last: pointed(one.last) }));
    } else if (isSure && shapeOf(episodes) !== shapeOf(first)) isSure = false;
    if (!isSure) break;
    bounds = bounds.map((one, at) => ({
      first: widened(one.first, episodes[at]?.first),
      last: widened(one.last, episodes[at]?.last),
    }));
  }
  if (isSure) {
    const episodes = first ?? [];
    return episodes.map((one, at) => shown(one, bounds[at] ?? { first: pointed(one.first), last: pointed(one.last) }));
  }
  const uses = cluster.uses.map((use) => ({ use, began: use.first.min, first: use.first.min, last: use.first.min }));
  const ends = cluster.uses.map((use) => ('length' in use ? use.first.min + use.length - 1 : use.last.min));
  const whole = {
    first: { min: cluster.hull.min, max: Math.min(...cluster.uses.map((use) => use.first.max)) },
    last: { min: Math.max(...ends), max: cluster.hull.max },
  };
  return [
    shown(
      { first: whole.first.min, last: whole.last.max, spans: uses, gaps: [], ongoing: whole.last.max >= rules.end },
      whole,
    ),
  ];

  function shown(
    episode: EpisodeDays,
    { first: start, last: stop }: { first: NumberRange; last: NumberRange },
  ): TreatmentEpisode {
    const exposures = episode.spans.map(({ use }) => use.exposure);
    const [opening, closing] = [exposures[0], exposures.at(-1)];
    const lengths = [start.max - start.min, stop.max - stop.min];
    const days =
      isSure && lengths.every((one) => one === 0) ? Math.min(stop.min, rules.end) - start.min + 1 : undefined;
    const [dose, lastDose] = [opening && doseOf(opening), closing && doseOf(closing)];
    const frequency = opening?.frequency;
    return {
      start: dateBounds(start),
      stop: dateBounds(stop),
      ongoing: episode.ongoing,
      isSure,
      ...(days === undefined ? {} : { days }),
      uses: episode.spans.map(({ use }) => use),
      ...amountsOf(exposures, all),
      ...(dose ? { dose } : {}),
      ...(lastDose ? { lastDose } : {}),
      ...(frequency === null || frequency === undefined ? {} : { frequency }),
      changes: isSure ? doseChanges(episode) : [],
      gaps: episode.gaps.map((gap) => ({
        from: dayOfNumber(gap.first),
        to: dayOfNumber(gap.last),
        days: gap.last - gap.first + 1,
      })),
    };
  }
}

/** Which uses make which episode, in which order. */
function shapeOf(episodes: readonly EpisodeDays[]): string {
  return JSON.stringify(
    episodes.map(({ spans, ongoing }) => [ongoing, ...spans.map(({ use }) => use.exposure.source)]),
  );
}

function pointed(day: number): NumberRange {
  return { min: day, max: day };
}

function widened({ min, max }: NumberRange, day: number | undefined): NumberRange {
  return day === undefined ? { min, max } : { min: Math.min(min, day), max: Math.max(max, day) };
}
