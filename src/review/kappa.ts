/** Two raters on the same things, each pair of answers as text. */
export type Pair = readonly [first: string, second: string];

/** The share of pairs that are equal; `undefined` without pairs. */
export function percentAgreement(pairs: readonly Pair[]): number | undefined {
  return pairs.length === 0 ? undefined : pairs.filter(([a, b]) => a === b).length / pairs.length;
}

/**
 * Cohen's kappa of nominal answers; `undefined` without pairs, or where the marginals alone make all agree.
 * Source: Cohen, Educ Psychol Meas 1960;20:37-46.
 */
export function cohenKappa(pairs: readonly Pair[]): number | undefined {
  const observed = percentAgreement(pairs);
  if (observed === undefined) return undefined;
  const categories = new Set(pairs.flat());
  const share = (at: 0 | 1, category: string): number =>
    pairs.filter((pair) => pair[at] === category).length / pairs.length;
  const expected = [...categories].reduce((sum, one) => sum + share(0, one) * share(1, one), 0);
  return expected >= 1 ? undefined : (observed - expected) / (1 - expected);
}
