/**
 * The statistics of a study that is still worked on: after a change, R computes again only what the change reaches. The
 * results of a computation follow from what R reads of it alone, but for the p values that a family adjusts together; so
 * they are kept as long as that is the same, value for value. Rule R61 of SPEC.md.
 */
import type { FieldPairs } from '../review/index.ts';
import { refuseCount } from './check-counts.ts';
import { type Computation, computationsOf } from './computations.ts';
import type { DataSet } from './data-set.ts';
import type { RSession } from './r-session.ts';
import { sameData } from './same-data.ts';
import type { StatisticResults } from './statistic-results.ts';
import { resultsOf } from './statistics.ts';

/** The statistics, with what a later refresh holds its own against. */
export interface RefreshedStatistics {
  readonly results: StatisticResults;
  readonly pairs: readonly FieldPairs[];
  readonly made: readonly Made[];
}

interface Made {
  readonly computation: Computation;
  readonly own: OwnResults;
}

type OwnResults = Omit<StatisticResults, 'agreement'>;

/**
 * Gives the results of `computeStatistics`, without its files; from `before` is taken what would be computed from the same.
 * Errors: `analysis.r-failed`, `analysis.r-output`, `analysis.r-differs`.
 */
export async function refreshStatistics(
  data: DataSet,
  pairs: readonly FieldPairs[],
  session: RSession,
  before?: RefreshedStatistics,
): Promise<RefreshedStatistics> {
  const computations = computationsOf(data);
  const kept = keptResults(computations, before?.made ?? []);
  const again = computations.filter((one) => !kept.has(one));
  const samePairs = before !== undefined && sameData(before.pairs, pairs);
  const isNothing = samePairs && again.length === 0;
  const { results } = isNothing ? before : await resultsOf(again, samePairs ? [] : pairs, session);
  const fresh = ownResults(again, results);
  const made = computations.flatMap((computation): Made[] => {
    const own = kept.get(computation) ?? fresh.get(computation);
    return own ? [{ computation, own }] : [];
  });
  return {
    results: {
      proportions: made.flatMap(({ own }) => own.proportions),
      estimates: made.flatMap(({ own }) => own.estimates),
      curves: made.flatMap(({ own }) => own.curves),
      agreement: samePairs ? before.results.agreement : results.agreement,
    },
    pairs,
    made,
  };
}

/** What was made before of computations of which nothing changed, nor of their family. */
function keptResults(
  computations: readonly Computation[],
  before: readonly Made[],
): ReadonlyMap<Computation, OwnResults> {
  const earlier = Map.groupBy(before, ({ computation }) => together(computation));
  const kept = new Map<Computation, OwnResults>();
  for (const [name, all] of Map.groupBy(computations, together)) {
    const made = earlier.get(name) ?? [];
    const isSame = sameData(
      made.map(({ computation }) => computation),
      all,
    );
    if (isSame) for (const [at, { own }] of made.entries()) kept.set(all[at] as Computation, own);
  }
  return kept;
}

/** Of computations whose results depend on each other, the same. */
function together({ id, family }: Computation): string {
  return family === '' ? `one ${id}` : `family ${family}`;
}

/** Which results are whose: R gives them in the order of the computations. Error: `analysis.r-differs`. */
function ownResults(
  computations: readonly Computation[],
  results: StatisticResults,
): ReadonlyMap<Computation, OwnResults> {
  const proportions = inTurn(results.proportions);
  const estimates = inTurn(results.estimates);
  const curves = inTurn(results.curves);
  return new Map(
    computations.map((one) => {
      const counts = resultCounts(one);
      const own = {
        proportions: proportions(counts.proportions),
        estimates: estimates(counts.estimates),
        curves: curves(counts.curves),
      };
      const isOther = ({ id }: { readonly id: string }): boolean => id !== one.id && !id.startsWith(`${one.id}/`);
      if (Object.values(own).flat().some(isOther)) refuseCount(one.id);
      return [one, own];
    }),
  );
}

function inTurn<Thing>(all: readonly Thing[]): (count: number) => readonly Thing[] {
  let at = 0;
  return (count) => {
    at += count;
    return all.slice(at - count, at);
  };
}

/** How many results R gives. */
function resultCounts({ kind, rows, at }: Computation): Readonly<Record<keyof OwnResults, number>> {
  if (kind === 'proportion') return { proportions: 1, estimates: 0, curves: 0 };
  if (kind !== 'survival' || rows.length === 0) return { proportions: 0, estimates: 1, curves: 0 };
  const groups = new Set(rows.map(({ group }) => group));
  const isCompared = !(groups.size === 1 && groups.has(''));
  return { proportions: 0, estimates: (isCompared ? 1 : 0) + groups.size * at.length, curves: groups.size };
}
