/** What a column's numbers measure, where that is time: ages and spans. */
import type { DescribedColumn } from '../../analysis/index.ts';

const YEARS_IN: Readonly<Record<string, number>> = Object.fromEntries([
  ...['a', 'y', 'yr', 'yrs', 'year', 'years'].map((unit) => [unit, 1]),
  ...['mo', 'month', 'months'].map((unit) => [unit, 1 / 12]),
  ...['wk', 'week', 'weeks'].map((unit) => [unit, 7 / 365.25]),
  ...['d', 'day', 'days'].map((unit) => [unit, 1 / 365.25]),
]);

const AGE = /\bage(?:d)?\b/i;

/**
 * How many years one unit of the column is; undefined where it does not measure time. `behind` are the expressions that the
 * value is worked out with: one that asks the birth date gives an age, whatever unit is named.
 */
export function yearsPerUnit(column: DescribedColumn, behind: readonly string[]): number | undefined {
  const unit = column.unit?.toLowerCase();
  if (unit !== undefined && unit in YEARS_IN) return YEARS_IN[unit];
  const text = behind.join('\n');
  if (/\bbirthDate\b/.test(text)) {
    if (/\bdaysTo\b/.test(text)) return YEARS_IN.days;
    if (/\bmonthsTo\b/.test(text)) return YEARS_IN.months;
    if (/\byearsTo\b/.test(text)) return 1;
  }
  const isAge = AGE.test(column.label) || column.name.split(/[._]/).some((word) => AGE.test(word));
  return isAge ? 1 : undefined;
}

/** The age above which Safe Harbor asks for one category: 45 CFR 164.514(b)(2)(i)(C). */
export const OLDEST = 89;

/** Whether a number of such a unit is more than 89 completed years. */
export function isOver89(value: number, years: number): boolean {
  return value * years >= OLDEST + 1;
}

/** What stands for such a number: `90+` in years, `1080+` in months. */
export function topCode(years: number): string {
  return `${Math.round((OLDEST + 1) / years)}+`;
}
