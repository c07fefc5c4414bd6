/** Episodes as they are shown and named in expressions: with the bounds of partial dates, and whether they are sure. Rule R39 of SPEC.md. */
import type { NumberRange, PartialDate } from '../base/index.ts';
import { type Amounts, amountsOf } from './amounts.ts';
import { type Cluster, completions, MOST_STEPS } from './completions.ts';
import { type DateBounds, dateBounds } from './date-bounds.ts';
import { type Dose, type DoseChange, doseChanges, doseOf } from './dose-changes.ts';
import { type EpisodeDays, type JoinRules, joinEpisodes } from './episodes.ts';
import type { Exposure, Use } from './exposure.ts';

/** An episode of a treatment. What is absent is not known. */
export interface TreatmentEpisode extends Amounts {
  readonly start: DateBounds;
  readonly stop: DateBounds;
  /** The gap that would end it was not seen whole: its stop is when the last supply is used up. */
  readonly ongoing?: boolean;
  /** However partial dates are filled in, the same uses make the episode, in the same order. Else it may be several. */
  readonly isSure: boolean;
  /** From start to stop, both included, to the end of the period at the most. */
  readonly days?: number;
  readonly uses: readonly Use[];
  /** Of its first and its last use. */
  readonly dose?: Dose;
  readonly lastDose?: Dose;
  readonly frequency?: string;
  readonly changes: readonly (Omit<DoseChange, 'day'> & { readonly on: PartialDate | null })[];
  /** Days without the drug, in gaps none of which is longer than the protocol allows. */
  readonly gapDays?: number;
}

/** The episodes of a cluster; one that may be several where partial dates do not decide. `all`: the treatment's exposures. */
export function shownEpisodes(cluster: Cluster, rules: JoinRules, all: readonly Exposure[]): TreatmentEpisode[] {
  const bounded = boundedEpisodes(cluster, rules);
  if (bounded) return bounded.map((one) => shown(one.uses, one, true, all));
  const ends = cluster.uses.map((use) => ('length' in use ? use.first.min + use.length - 1 : use.last.min));
  const bounds: Bounded = {
    uses: cluster.uses,
    first: { min: cluster.hull.min, max: Math.min(...cluster.uses.map((use) => use.first.max)) },
    last: { min: Math.max(...ends), max: cluster.hull.max },
    ongoing: cluster.hull.max + rules.gap < rules.end ? false : undefined,
    days: undefined,
    gapDays: undefined,
    changes: [],
  };
  return [shown(cluster.uses, bounds, false, all)];
}

/** An episode in all completions; what these do not agree on is undefined. */
interface Bounded {
  readonly uses: readonly Use[];
  readonly first: NumberRange;
  readonly last: NumberRange;
  readonly ongoing: boolean | undefined;
  readonly days: number | undefined;
  readonly gapDays: number | undefined;
  readonly changes: readonly DoseChange[];
}

/** `undefined` where completions give other episodes, or there are too many to try. */
function boundedEpisodes(cluster: Cluster, rules: JoinRules): readonly Bounded[] | undefined {
  if (cluster.steps > MOST_STEPS) return undefined;
  let found: readonly Bounded[] | undefined;
  let shape = '';
  for (const dated of completions(cluster.uses)) {
    const episodes = joinEpisodes(dated, rules);
    const next = episodes.map((one) => boundedBy(one, rules));
    if (found === undefined) [found, shape] = [next, shapeOf(episodes)];
    else if (shapeOf(episodes) !== shape) return undefined;
    else found = found.map((one, at) => together(one, next[at] ?? one));
  }
  return found;
}

function boundedBy(episode: EpisodeDays, { end }: JoinRules): Bounded {
  const { first, last, gaps, spans, ongoing } = episode;
  return {
    uses: spans.map(({ use }) => use),
    first: { min: first, max: first },
    last: { min: last, max: last },
    ongoing,
    days: Math.min(last, end) - first + 1,
    gapDays: gaps.reduce((sum, gap) => sum + gap.last - gap.first + 1, 0),
    changes: doseChanges(episode),
  };
}

function together(a: Bounded, b: Bounded): Bounded {
  return {
    ...a,
    first: { min: Math.min(a.first.min, b.first.min), max: Math.max(a.first.max, b.first.max) },
    last: { min: Math.min(a.last.min, b.last.min), max: Math.max(a.last.max, b.last.max) },
    ongoing: a.ongoing === b.ongoing ? a.ongoing : undefined,
    days: a.days === b.days ? a.days : undefined,
    gapDays: a.gapDays === b.gapDays ? a.gapDays : undefined,
  };
}

function shown(uses: readonly Use[], one: Bounded, isSure: boolean, all: readonly Exposure[]): TreatmentEpisode {
  const exposures = uses.map(({ exposure }) => exposure);
  const [opening, closing] = [exposures[0], exposures.at(-1)];
  const [dose, lastDose] = [opening && doseOf(opening), closing && doseOf(closing)];
  return {
    start: dateBounds(one.first),
    stop: dateBounds(one.last),
    isSure,
    uses,
    ...amountsOf(exposures, all),
    ...(one.ongoing === undefined ? {} : { ongoing: one.ongoing }),
    ...(one.days === undefined ? {} : { days: one.days }),
    ...(one.gapDays === undefined ? {} : { gapDays: one.gapDays }),
    ...(dose ? { dose } : {}),
    ...(lastDose ? { lastDose } : {}),
    ...(opening?.frequency ? { frequency: opening.frequency } : {}),
    changes: one.changes.map(({ day: _day, ...change }) => ({
      ...change,
      on: exposures.find(({ source }) => source === change.source)?.start ?? null,
    })),
  };
}

/** Which uses make which episode, in which order. */
function shapeOf(episodes: readonly EpisodeDays[]): string {
  return JSON.stringify(episodes.map(({ spans }) => spans.map(({ use }) => use.exposure.source)));
}
