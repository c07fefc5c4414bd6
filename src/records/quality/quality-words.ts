/** How reports say numbers and categories, on the page and on the screen. */
import type { Category, Group, Threshold } from './check.ts';
import type { Outcome } from './quality-report.ts';

export const groupWords = {
  conformance: 'Conformance',
  completeness: 'Completeness',
  plausibility: 'Plausibility',
} as const satisfies Record<Group, string>;

/** What a group asks. */
export const groupQuestions = {
  conformance: 'Do the rows have the form that they should have?',
  completeness: 'Is there what should be there?',
  plausibility: 'Can it be true?',
} as const satisfies Record<Group, string>;

export const categoryWords = {
  value: 'Value',
  relational: 'Relational',
  computational: 'Computational',
  completeness: 'Completeness',
  uniqueness: 'Uniqueness',
  atemporal: 'Atemporal',
  temporal: 'Temporal',
} as const satisfies Record<Category, string>;

export const outcomeWords = {
  pass: 'pass',
  fail: 'FAIL',
  'not-applicable': 'nothing to judge',
  off: 'switched off',
} as const satisfies Record<Outcome, string>;

/** `no row`, `25 rows`, `1 %`: what may be at fault. */
export function thresholdText(threshold: Threshold): string {
  if ('share' in threshold) return `${Number((threshold.share * 100).toFixed(4))} %`;
  return threshold.rows === 0 ? 'none' : `${countText(threshold.rows)} row${threshold.rows === 1 ? '' : 's'}`;
}

/** A share in percent, never rounded to 0 or 100 where it is neither. */
export function shareText(share: number | null): string {
  if (share === null) return '';
  const percent = share * 100;
  if (percent > 0 && percent < 0.01) return '< 0.01 %';
  if (percent < 100 && percent > 99.99) return '> 99.99 %';
  return `${percent.toFixed(percent === 0 || percent === 100 ? 0 : 2)} %`;
}

/** A count with its thousands apart. */
export function countText(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}
