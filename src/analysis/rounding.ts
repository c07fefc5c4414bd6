import { type QuantileType, quantile } from './quantile.ts';
import type { Summary } from './results.ts';

const SIGNIFICANT = 12;

/** How a half is rounded: away from zero (2.5 becomes 3), or to the even neighbour (2.5 becomes 2). */
export type RoundingRule = 'half-up' | 'half-even';

/** A number for print, after what binary fractions add is cut off: 2.25 becomes 2.3, half to even 2.2. */
export function fixed(value: number, digits: number, rule: RoundingRule = 'half-up'): string {
  const scale = 10 ** digits;
  const scaled = Number((Math.abs(value) * scale).toPrecision(SIGNIFICANT));
  const up = Math.floor(scaled + 0.5);
  const isHalf = scaled - Math.floor(scaled) === 0.5;
  const rounded = (rule === 'half-even' && isHalf && up % 2 !== 0 ? up - 1 : up) / scale;
  return (value < 0 && rounded > 0 ? -rounded : rounded).toFixed(digits);
}

/** {@link fixed} without the zeros at its end: `24`, `0.3`. */
export function short(value: number, digits: number, rule: RoundingRule = 'half-up'): string {
  return String(Number(fixed(value, digits, rule)));
}

/** n, mean, standard deviation, median, minimum and maximum. Rule R4. */
export function summarize(values: readonly number[]): Summary {
  const n = values.length;
  if (n === 0) return { n, mean: null, sd: null, median: null, min: null, max: null };
  const sorted = inOrder(values);
  const mean = clean(sorted.reduce((sum, value) => sum + value, 0) / n);
  const squares = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    n,
    mean,
    sd: n > 1 ? clean(Math.sqrt(squares / (n - 1))) : null,
    median: clean(quantile(sorted, 0.5)),
    min: sorted[0] ?? null,
    max: sorted[n - 1] ?? null,
  };
}

/** The first and the third quartile; null of none. */
export function quartiles(values: readonly number[], type: QuantileType): { q1: number | null; q3: number | null } {
  const sorted = inOrder(values);
  const at = (share: number): number | null => (sorted.length === 0 ? null : clean(quantile(sorted, share, type)));
  return { q1: at(1 / 4), q3: at(3 / 4) };
}

/** Typed, since those are sorted without a call for each comparison. */
function inOrder(values: readonly number[]): Float64Array {
  return Float64Array.from(values).sort();
}

function clean(value: number): number {
  return Number(value.toPrecision(SIGNIFICANT));
}
