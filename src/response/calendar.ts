import { dayNumber, dayOfNumber } from '../base/index.ts';

const MONTHS_A_YEAR = 12;
const DAYS_A_WEEK = 7;

/**
 * The day so long after a day, or before it, in days since 1970-01-01. Months and years are those of the calendar: a month
 * after 31 January is the last day of February.
 */
export function movedBy(day: number, span: string, way: 1 | -1): number {
  const [, digits = '0', unit] = /^(\d+) (day|week|month|year)/.exec(span) ?? [];
  const count = Number(digits) * way;
  if (unit === 'day') return day + count;
  if (unit === 'week') return day + count * DAYS_A_WEEK;
  return monthsLater(day, unit === 'year' ? count * MONTHS_A_YEAR : count);
}

/** Of a span in days or weeks. */
export function daysIn(span: string): number {
  return movedBy(0, span, 1);
}

function monthsLater(number: number, count: number): number {
  const [year = 0, month = 1, day = 1] = dayOfNumber(number).split('-').map(Number);
  const months = year * MONTHS_A_YEAR + (month - 1) + count;
  const [toYear, toMonth] = [Math.floor(months / MONTHS_A_YEAR), (months % MONTHS_A_YEAR) + 1];
  const first = dayNumber(`${String(toYear).padStart(4, '0')}-${String(toMonth).padStart(2, '0')}-01`);
  const next = new Date(Date.UTC(toYear, toMonth, 1)).getTime() / MILLISECONDS_A_DAY;
  return Math.min(first + day - 1, next - 1);
}

const MILLISECONDS_A_DAY = 86_400_000;
