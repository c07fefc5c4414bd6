import { ChartproofError } from '../base/index.ts';
import type { FieldPairs } from '../review/index.ts';
import type { Computation } from './computations.ts';
import type { StatisticResults } from './statistic-results.ts';

/** Error `analysis.r-differs`, where R did not count whom the protocol's expressions count. Rules R8 and R24 of SPEC.md. */
export function checkCounts(
  computations: readonly Computation[],
  pairs: readonly FieldPairs[],
  results: StatisticResults,
): void {
  hold(
    computations
      .filter(({ kind }) => kind === 'proportion')
      .map((one) => `${one.id} ${truths(one)}/${one.rows.length}`),
    results.proportions.map(({ id, x, n }) => `${id} ${x}/${n}`),
  );
  hold(
    computations.flatMap((one) => (one.kind === 'survival' ? curveCounts(one) : [])),
    results.curves.map(({ id, group, n, events }) => `${id} ${group} ${events}/${n}`),
  );
  hold(
    computations.flatMap(({ kind, id, rows }) =>
      kind === 'test' || kind === 'heterogeneity' ? `${id} ${rows.length}` : [],
    ),
    results.estimates.filter(({ id }) => isSingle(computations, id)).map(({ id, n }) => `${id} ${n}`),
  );
  hold(
    pairs.map((one) => `${one.instrument.id}.${one.field.id} ${differing(one)}/${one.pairs.length}`),
    results.agreement.map((one) => `${one.instrument}.${one.field} ${one.differing}/${one.n}`),
  );
}

function hold(ours: readonly string[], theirs: readonly string[]): void {
  if (ours.join('\n') === theirs.join('\n')) return;
  refuseCount(ours.find((one, at) => one !== theirs[at])?.split(' ')[0] ?? 'one that is not asked for');
}

/** Refuses what R counted of a statistic. Error: `analysis.r-differs`. */
export function refuseCount(id: string): never {
  throw new ChartproofError('analysis.r-differs', `R counted other subjects for \`${id}\` than we did.`, {
    tip: 'This is a fault of the program. Please report it with the release of R and the protocol.',
  });
}

function truths({ rows }: Computation): number {
  return rows.filter(({ value }) => value === 'true').length;
}

function curveCounts({ id, rows }: Computation): string[] {
  return [...Map.groupBy(rows, ({ group }) => group).values()].map((members) => {
    const events = members.filter(({ second }) => second === 'true').length;
    return `${id} ${members[0]?.groupLabel} ${events}/${members.length}`;
  });
}

/** Whether an estimate is of all the subjects of its computation; that of a curve at a time is of one group. */
function isSingle(computations: readonly Computation[], id: string): boolean {
  return computations.some((one) => one.id === id && one.kind !== 'survival');
}

function differing({ pairs }: FieldPairs): number {
  return pairs.filter(([first, second]) => first !== second).length;
}
