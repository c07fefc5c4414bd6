/** Sample quantiles as R computes them. Rule R44 of SPEC.md. */

/** The nine definitions of Hyndman and Fan, in R's numbering; 7 is R's default, 6 that of SPSS and Minitab. (Am Stat 1996;50:361-5) */
export type QuantileType = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** The constants a and b of the continuous types: the quantile stands at a + p (n + 1 - a - b). */
const CONTINUOUS: Readonly<Partial<Record<number, readonly [a: number, b: number]>>> = {
  4: [0, 1],
  5: [1 / 2, 1 / 2],
  6: [0, 0],
  7: [1, 1],
  8: [1 / 3, 1 / 3],
  9: [3 / 8, 3 / 8],
};

/** What binary fractions add to a place that is whole: R's own allowance. */
const FUZZ = 4 * Number.EPSILON;

/** The quantile of sorted values, `share` from 0 to 1; NaN of none. */
export function quantile(sorted: ArrayLike<number>, share: number, type: QuantileType = 7): number {
  const n = sorted.length;
  const at = (place: number): number => sorted[Math.min(Math.max(place, 1), n) - 1] ?? Number.NaN;
  const place = placeOf(n, share, type);
  const below = Math.floor(place + FUZZ);
  const weight = weightOf(place - below, below, type);
  const [low, high] = [at(below), at(below + 1)];
  return low === high ? low : low + (high - low) * weight;
}

/** Where the quantile stands among n sorted values, counted from 1. */
function placeOf(n: number, share: number, type: QuantileType): number {
  const constants = CONTINUOUS[type];
  if (constants) return constants[0] + share * (n + 1 - constants[0] - constants[1]);
  return type === 3 ? n * share - 1 / 2 : n * share;
}

/** How much the value above the place counts, against the one below it. */
function weightOf(rest: number, below: number, type: QuantileType): number {
  const whole = Math.abs(rest) < FUZZ;
  if (type === 1) return whole ? 0 : 1;
  if (type === 2) return whole ? 1 / 2 : 1;
  if (type === 3) return whole && below % 2 === 0 ? 0 : 1;
  return whole ? 0 : rest;
}
