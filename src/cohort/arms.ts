/** How the arms of case finding overlap. Pure. Rule R12 of SPEC.md. */

/** One combination of arms and how many candidates just these found. */
export interface ArmOverlap {
  /** Arm ids in the protocol's order. */
  readonly arms: readonly string[];
  readonly n: number;
}

/** The combinations that found somebody, the largest first. */
export function armOverlaps(candidates: readonly { readonly arms: readonly string[] }[]): ArmOverlap[] {
  const byArms = Map.groupBy(candidates, (candidate) => candidate.arms.join('\n'));
  return [...byArms.values()]
    .map((list) => ({ arms: list[0]?.arms ?? [], n: list.length }))
    .sort((a, b) => b.n - a.n || (a.arms.join() < b.arms.join() ? -1 : 1));
}

/**
 * How many persons neither of two arms found, after Chapman: `a` and `b` persons found by each, `both` by both. It
 * assumes that the arms find persons independently, which arms on one record seldom do.
 */
export function chapmanMissed(a: number, b: number, both: number): number {
  return ((a + 1) * (b + 1)) / (both + 1) - 1 - (a + b - both);
}
