/**
 * Whether a drug was in use, or changed, around another treatment whose start and stop may be partial dates: true or false where all
 * days that may be meant agree, else `undefined` (unknown). Rules R41 to R45 of SPEC.md.
 */
import type { NumberRange } from '../base/index.ts';
import { movedBy } from './calendar.ts';
import { type Cluster, completions, MOST_STEPS } from './completions.ts';
import { doseChanges } from './dose-changes.ts';
import { type EpisodeDays, type JoinRules, joinEpisodes } from './episodes.ts';
import { latestOf, type Use } from './exposure.ts';

/** The treatment of interest, in days since 1970-01-01. */
export interface Interest {
  readonly start: NumberRange;
  /** On or after the start; absent: the day of the start. */
  readonly stop?: NumberRange;
}

/** What is asked of the days of a window. */
interface Question {
  /** The days, both included, for a start and a stop of the treatment of interest; a later stop never makes fewer. */
  window(start: number, stop: number): NumberRange;
  /** Whether an episode has in the window what is asked for. */
  holds(episode: EpisodeDays, window: NumberRange): boolean;
  /** Whether one use alone makes it hold, whatever its days and those of the others are. */
  isSure(use: Use, window: NumberRange): boolean;
}

/** What the windows are laid over. */
export interface Uses {
  readonly clusters: readonly Cluster[];
  readonly rules: JoinRules;
  /** Whether there are uses without any date, which may be of any day. */
  readonly someUndated: boolean;
}

/** In use on a day before the start; within a length of time, or at any time. */
export function usedBefore(uses: Uses, interest: Interest | undefined, within: string): boolean | undefined {
  const from = (start: number): number => (within === 'any' ? Number.NEGATIVE_INFINITY : movedBy(start, within, -1));
  return answer(uses, interest, { ...IN_USE, window: (start) => ({ min: from(start), max: start - 1 }) });
}

/** In use on a day from the start to the stop. */
export function usedDuring(uses: Uses, interest: Interest | undefined): boolean | undefined {
  return answer(uses, interest, { ...IN_USE, window: (start, stop) => ({ min: start, max: stop }) });
}

/** Begun, stopped or given at another dose within a length of time before the start, or from there to the stop. */
export function recentlyChanged(
  uses: Uses,
  interest: Interest | undefined,
  { within, during }: { readonly within: string; readonly during: boolean },
): boolean | undefined {
  return answer(uses, interest, {
    window: (start, stop) => ({ min: movedBy(start, within, -1), max: during ? stop : start - 1 }),
    holds: (episode, window) => changeDays(episode).some((day) => day >= window.min && day <= window.max),
    isSure: () => false,
  });
}

/** The first and the last day of an episode, unless it goes on, and the first of each new dose. */
export function changeDays(episode: EpisodeDays): number[] {
  return [episode.first, ...doseChanges(episode).map(({ day }) => day), ...(episode.ongoing ? [] : [episode.last])];
}

const IN_USE: Omit<Question, 'window'> = {
  holds: ({ first, last }, window) => first <= window.max && last >= window.min,
  isSure: (use, window) => latestStart(use) <= window.max && earliestEnd(use) >= window.min,
};

function latestStart(use: Use): number {
  return 'length' in use ? use.first.max : Math.min(use.first.max, latestOf(use));
}

function earliestEnd(use: Use): number {
  return 'length' in use ? use.first.min + use.length - 1 : Math.max(use.first.min, use.last.min);
}

/** Asks of each start that may be meant. Clusters do not bear on each other: one that surely holds is enough. */
function answer(uses: Uses, interest: Interest | undefined, question: Question): boolean | undefined {
  const { clusters, rules, someUndated } = uses;
  if (clusters.length === 0 && !someUndated) return false;
  if (!interest) return undefined;
  const budget = { left: MOST_STEPS };
  let found: boolean | undefined;
  for (let start = interest.start.min; start <= interest.start.max; start++) {
    const stop = interest.stop ?? { min: start, max: start };
    if (start > stop.max) break; // no stop that may be meant lies after it
    const narrow = question.window(start, Math.max(start, stop.min));
    const wide = question.window(start, stop.max);
    const all = clusters.map((cluster) => {
      const least = ofCluster(cluster, rules, question, narrow, budget);
      return [least, narrow.max === wide.max ? least : ofCluster(cluster, rules, question, wide, budget)];
    });
    const isSure = all.some(([least]) => least === true);
    const isPossible = someUndated || all.some(([, most]) => most !== false);
    if (isSure !== isPossible) return undefined;
    if (found !== undefined && found !== isSure) return undefined;
    found = isSure;
  }
  return found;
}

/** Whether a cluster holds in all ways (true), in none (false), or in some; unknown too where there are too many to try. */
function ofCluster(
  { uses, hull, steps }: Cluster,
  rules: JoinRules,
  question: Question,
  window: NumberRange,
  budget: { left: number },
): boolean | undefined {
  if (hull.max < window.min || hull.min > window.max) return false;
  if (uses.some((use) => question.isSure(use, window))) return true;
  if (steps > budget.left) return undefined;
  budget.left -= steps;
  let found: boolean | undefined;
  for (const dated of completions(uses)) {
    const holds = joinEpisodes(dated, rules).some((episode) => question.holds(episode, window));
    if (found !== undefined && found !== holds) return undefined;
    found = holds;
  }
  return found;
}
