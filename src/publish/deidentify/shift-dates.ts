import { createHmac } from 'node:crypto';
import { type DayRange, dayNumber, dayOfNumber, dayRange, type PartialDate } from '../../base/index.ts';

const LONGEST_DAYS = 365;

/** How many days the dates of a subject are moved: 1 to 365 to the past, by a secret that stays in the study. */
export function daysShifted(secret: string, subject: string): number {
  const draw = createHmac('sha256', secret).update(subject).digest().readUInt32BE(0);
  return 1 + (draw % LONGEST_DAYS);
}

/**
 * The date, moved. All full dates of a subject keep the days between them; one that is coarse is moved from the middle of
 * the days that it may mean, and stays as coarse.
 */
export function shiftedDate(date: PartialDate, days: number): string {
  const coarse = date.split('-').length < 3;
  const range = dayRange(date);
  const day = dayOfNumber((coarse ? middleOf(range) : dayNumber(range.earliest)) - days);
  return coarse ? day.slice(0, date.length) : day;
}

function middleOf({ earliest, latest }: DayRange): number {
  return Math.floor((dayNumber(earliest) + dayNumber(latest)) / 2);
}
