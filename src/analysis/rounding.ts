import type { Summary } from './results.ts';

const SIGNIFICANT = 12;

/** A number for print: half away from zero (2.25 becomes 2.3), after what binary fractions add is cut off. */
export function fixed(value: number, digits: number): string {
  const scale = 10 ** digits;
  const scaled = Number((Math.abs(value) * scale).toPrecision(SIGNIFICANT));
  const rounded = Math.floor(scaled + 0.5) / scale;
  return (value < 0 && rounded > 0 ? -rounded : rounded).toFixed(digits);
}

/** {@link fixed} without the zeros at its end: `24`, `0.3`. */
export function short(value: number, digits: number): string {
  return String(Number(fixed(value, digits)));
}

/** n, mean, standard deviation, median, minimum and maximum. Rule R4. */
export function summarize(values: readonly number[]): Summary {
  const n = values.length;
  if (n === 0) return { n, mean: null, sd: null, median: null, min: null, max: null };
  const sorted = values.toSorted((a, b) => a - b);
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

/** The quantile of sorted values by linear interpolation: R's type 7. */
export function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? Number.NaN;
  return low + (high - low) * (place - Math.floor(place));
}

function clean(value: number): number {
  return Number(value.toPrecision(SIGNIFICANT));
}
