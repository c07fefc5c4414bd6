import type { ColumnSpec } from '../protocol/index.ts';
import { fixed, quantile, short, summarize } from './rounding.ts';

/** What a column prints of a number. */
export type StatisticKind = Extract<ColumnSpec, { readonly stat: string }>['stat'];

/** The statistic as printed; empty where nobody has a value. Quartiles are R's type 7. */
export function statisticText(values: readonly number[], kind: StatisticKind, digits: number): string {
  const { n, mean, sd, median, min, max } = summarize(values);
  if (kind === 'n') return String(n);
  if (mean === null || median === null || min === null || max === null) return '';
  const range = `${short(min, digits)}\u2013${short(max, digits)}`;
  switch (kind) {
    case 'mean':
      return fixed(mean, digits);
    case 'sd':
      return sd === null ? '' : fixed(sd, digits);
    case 'median':
      return fixed(median, digits);
    case 'range':
      return range;
    case 'mean-range':
      return `${fixed(mean, digits)} (${range})`;
    case 'mean-sd':
      return sd === null ? fixed(mean, digits) : `${fixed(mean, digits)} (${fixed(sd, digits)})`;
    case 'median-iqr':
      return `${fixed(median, digits)} (${quartiles(values, digits)})`;
  }
}

function quartiles(values: readonly number[], digits: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  return [0.25, 0.75].map((share) => fixed(quantile(sorted, share), digits)).join('\u2013');
}
