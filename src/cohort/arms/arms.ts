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

/** How many candidates no arm found, as two ways of finding them say: an arm, and all the others together. */
export interface MissedEstimate {
  readonly arm: string;
  readonly others: readonly string[];
  /** Found by the arm, by the others, by both. */
  readonly a: number;
  readonly b: number;
  readonly both: number;
  readonly missed: number;
  /** 95 % interval of `missed`; absent where one way found everybody whom the other found, which leaves nothing to judge by. */
  readonly interval?: { readonly low: number; readonly high: number };
}

/** An estimate for each arm against the others; one for two arms, none for a single one. Rules R12 and R96. */
export function missedByAll(
  arms: readonly string[],
  found: readonly { readonly arms: readonly string[] }[],
): MissedEstimate[] {
  const tried = arms.length === 2 ? arms.slice(0, 1) : arms.length < 2 ? [] : arms;
  return tried.map((arm) => {
    const others = arms.filter((one) => one !== arm);
    const a = found.filter((one) => one.arms.includes(arm)).length;
    const b = found.filter((one) => one.arms.some((name) => name !== arm)).length;
    const both = a + b - found.length;
    const missed = chapmanMissed(a, b, both);
    const interval = missedInterval(a, b, both);
    return { arm, others, a, b, both, missed, ...(interval ? { interval } : {}) };
  });
}

/**
 * How many persons neither of two arms found, after Chapman: `a` and `b` persons found by each, `both` by both. It
 * assumes that the arms find persons independently, which arms on one record seldom do.
 */
export function chapmanMissed(a: number, b: number, both: number): number {
  return ((a + 1) * (b + 1)) / (both + 1) - 1 - (a + b - both);
}

const Z = 1.959963984540054;

/** From Seber's variance, on a logarithmic scale (Chao), so that it never goes below nobody. */
function missedInterval(a: number, b: number, both: number): { low: number; high: number } | undefined {
  const missed = chapmanMissed(a, b, both);
  if (missed <= 0) return undefined;
  const variance = ((a + 1) * (b + 1) * (a - both) * (b - both)) / ((both + 1) ** 2 * (both + 2));
  const factor = Math.exp(Z * Math.sqrt(Math.log(1 + variance / missed ** 2)));
  return { low: missed / factor, high: missed * factor };
}
