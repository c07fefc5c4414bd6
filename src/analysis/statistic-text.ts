import type { ColumnSpec } from '../protocol/index.ts';
import { PLAIN, type PrintRules } from './print-rules.ts';
import { fixed, quartiles, short, summarize } from './rounding.ts';

/** What a column prints of a number. */
export type StatisticKind = Extract<ColumnSpec, { readonly stat: string }>['stat'];

/** The statistic as printed; empty where nobody has a value. */
export function statisticText(
  values: readonly number[],
  kind: StatisticKind,
  digits: number,
  rules: PrintRules = PLAIN,
): string {
  const { n, mean, sd, median, min, max } = summarize(values);
  if (kind === 'n') return String(n);
  if (mean === null || median === null || min === null || max === null) return '';
  const print = (value: number): string => fixed(value, digits, rules.rounding);
  const range = between(short(min, digits, rules.rounding), short(max, digits, rules.rounding));
  switch (kind) {
    case 'mean':
      return print(mean);
    case 'sd':
      return sd === null ? '' : print(sd);
    case 'median':
      return print(median);
    case 'range':
      return range;
    case 'mean-range':
      return `${print(mean)} (${range})`;
    case 'mean-sd':
      return sd === null ? print(mean) : `${print(mean)} (${print(sd)})`;
    case 'median-range':
      return `${print(median)} (${range})`;
    case 'median-iqr': {
      const { q1, q3 } = quartiles(values, rules.quantiles);
      return `${print(median)} (${between(print(q1 ?? median), print(q3 ?? median))})`;
    }
  }
}

/** `7.5\u201320`; `-2 to 45`, since a dash before a minus cannot be read. */
function between(low: string, high: string): string {
  return `${low}${low.startsWith('-') || high.startsWith('-') ? ' to ' : '\u2013'}${high}`;
}
