/**
 * Every way in which partial dates may be full ones. A question about episodes is asked of each, and has an answer only
 * where all agree. Uses that can never come to lie in one episode are looked at apart: their dates do not bear on each other.
 * Rules R36 and R37 of SPEC.md.
 */
import type { NumberRange } from '../base/index.ts';
import { type Dated, type EpisodeDays, type JoinRules, joinEpisodes } from './episodes.ts';
import { latestOf, type Use } from './exposure.ts';

/** Where ways times uses are more than these none is tried: what they would say is not known. */
export const MOST_STEPS = 100_000;

/** Uses that may come to lie in one episode, and the days that they may lie on. */
export interface Cluster {
  readonly uses: readonly Use[];
  readonly hull: NumberRange;
  /** What it takes to try all ways: how many there are, times the uses. */
  readonly steps: number;
}

/** Uses in clusters, by time; those of different ones are never in one episode. */
export function clustersOf(uses: readonly Use[], rules: JoinRules): Cluster[] {
  const groups: Use[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const use of uses.toSorted((a, b) => a.first.min - b.first.min)) {
    const group = groups.at(-1);
    if (group && use.first.min - end - 1 <= rules.gap) group.push(use);
    else groups.push([use]);
    end = Math.max(end, hullEnd(groups.at(-1) ?? [], rules));
  }
  return groups.map((group) => ({
    uses: group,
    hull: { min: Math.min(...group.map((use) => use.first.min)), max: hullEnd(group, rules) },
    steps: stepsOf(group),
  }));
}

/** All later starts lead to no earlier end, also where supplies are carried over. */
function hullEnd(uses: readonly Use[], rules: JoinRules): number {
  if (!rules.carryOver) return Math.max(...uses.map(latestOf));
  return Math.max(...joinEpisodes(uses.map(latestDated), rules).map((episode) => episode.last));
}

/** The earliest, the latest, then all between: where the first two disagree, nothing more is asked. */
export function* completions(uses: readonly Use[]): Generator<readonly Dated[]> {
  yield uses.map(earliestDated);
  const open = uses.filter((use) => waysOf(use) > 1);
  if (open.length === 0) return;
  yield uses.map(latestDated);
  const fixed = uses.filter((use) => waysOf(use) === 1).map(earliestDated);
  for (const dated of each(open)) yield [...fixed, ...dated];
}

/** The value that all completions give; `undefined` where two differ, one gives none, or there are too many to be sure. */
export function sameInAll<Value extends string | number | boolean>(
  uses: readonly Use[],
  rules: JoinRules,
  of: (episodes: readonly EpisodeDays[]) => Value | undefined,
): Value | undefined {
  if (stepsOf(uses) > MOST_STEPS) return undefined;
  let value: Value | undefined;
  for (const dated of completions(uses)) {
    const found = of(joinEpisodes(dated, rules));
    if (found === undefined || (value !== undefined && found !== value)) return undefined;
    value = found;
  }
  return value;
}

function earliestDated(use: Use): Dated {
  const first = use.first.min;
  return { use, first, last: 'length' in use ? first + use.length - 1 : Math.max(first, use.last.min) };
}

/** A stop that must lie on or after the start bounds it. */
function latestDated(use: Use): Dated {
  if ('length' in use) return { use, first: use.first.max, last: latestOf(use) };
  const last = latestOf(use);
  return { use, first: Math.max(use.first.min, Math.min(use.first.max, last)), last };
}

function stepsOf(uses: readonly Use[]): number {
  return uses.reduce((ways, use) => ways * waysOf(use), 1) * uses.length;
}

function waysOf(use: Use): number {
  const starts = use.first.max - use.first.min + 1;
  return 'length' in use ? starts : starts * (use.last.max - use.last.min + 1);
}

function* each(uses: readonly Use[]): Generator<readonly Dated[]> {
  const [use, ...others] = uses;
  if (!use) {
    yield [];
    return;
  }
  for (const one of datedOf(use)) for (const rest of each(others)) yield [one, ...rest];
}

function* datedOf(use: Use): Generator<Dated> {
  for (let first = use.first.min; first <= use.first.max; first++) {
    if ('length' in use) {
      yield { use, first, last: first + use.length - 1 };
      continue;
    }
    for (let last = Math.max(first, use.last.min); last <= use.last.max; last++) yield { use, first, last };
  }
}
