/**
 * A date as precise as the chart is: `2012`, `2012-03`, `2012-03-05`, or an instant `2012-03-05T10:00:00-05:00`.
 * It stands for the interval of days it may mean. Every question that the interval straddles is answered `undefined`
 * (unknown), never guessed.
 */
declare const brand: unique symbol;
export type PartialDate = string & { readonly [brand]: 'PartialDate' };

/** A full calendar day, `YYYY-MM-DD`. */
export type Day = string;

/** The days that a partial date may mean, both ends included. */
export interface DayRange {
  readonly earliest: Day;
  readonly latest: Day;
}

/** A number known only to lie between two limits, both included. */
export interface NumberRange {
  readonly min: number;
  readonly max: number;
}

// The limits of year and offset are those of FHIR: https://hl7.org/fhir/R4/datatypes.html#dateTime
const OFFSET = 'Z|[+-](?:(?:0\\d|1[0-3]):[0-5]\\d|14:00)';
const PATTERN = new RegExp(
  `^(?!0000)(\\d{4})(?:-(\\d{2})(?:-(\\d{2})(?:T(\\d{2}):(\\d{2})(?::(\\d{2})(?:\\.\\d+)?)?(?:${OFFSET})?)?)?)?$`,
);

/** The text as a partial date, or `undefined` where it is none (wrong form, 30 February, month 13, hour 25, year 0). */
export function parsePartialDate(text: string): PartialDate | undefined {
  const match = PATTERN.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  if (month && !between(month, 1, 12)) return undefined;
  if (month && day && !between(day, 1, daysInMonth(Number(year), Number(month)))) return undefined;
  if (hour && !(between(hour, 0, 23) && between(minute, 0, 59) && between(second ?? '0', 0, 60))) return undefined;
  return text as PartialDate;
}

/** The first and the last day that the date may mean. */
export function dayRange(date: PartialDate): DayRange {
  const [year = '', month, day] = date.slice(0, 10).split('-');
  if (day) return { earliest: date.slice(0, 10), latest: date.slice(0, 10) };
  if (month) return { earliest: `${date}-01`, latest: `${date}-${daysInMonth(Number(year), Number(month))}` };
  return { earliest: `${year}-01-01`, latest: `${year}-12-31` };
}

/** Whether `a` lies before `b`: `undefined` when the days overlap so that it cannot be told. */
export function isBefore(a: PartialDate, b: PartialDate): boolean | undefined {
  const [left, right] = [dayRange(a), dayRange(b)];
  if (left.latest < right.earliest) return true;
  if (left.earliest >= right.latest) return false;
  return undefined;
}

/** Whole days from `a` to `b` (negative when `b` is earlier), as a range. */
export function daysBetween(a: PartialDate, b: PartialDate): NumberRange {
  const [from, to] = [dayRange(a), dayRange(b)];
  return {
    min: dayNumber(to.earliest) - dayNumber(from.latest),
    max: dayNumber(to.latest) - dayNumber(from.earliest),
  };
}

const DAYS_IN_YEAR = 365.25;
const MONTHS_IN_YEAR = 12;

/** Months from `a` to `b`, of 365.25 / 12 days each, as a range of fractions. */
export function monthsBetween(a: PartialDate, b: PartialDate): NumberRange {
  const days = daysBetween(a, b);
  return { min: (days.min * MONTHS_IN_YEAR) / DAYS_IN_YEAR, max: (days.max * MONTHS_IN_YEAR) / DAYS_IN_YEAR };
}

/** Completed years (an age) from `a` to `b`, as a range of whole numbers. */
export function yearsBetween(a: PartialDate, b: PartialDate): NumberRange {
  const [from, to] = [dayRange(a), dayRange(b)];
  return { min: completedYears(from.latest, to.earliest), max: completedYears(from.earliest, to.latest) };
}

function completedYears(from: Day, to: Day): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return to.slice(5) < from.slice(5) ? years - 1 : years;
}

const MILLISECONDS_IN_DAY = 86_400_000;

function dayNumber(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) / MILLISECONDS_IN_DAY;
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function between(digits: string | undefined, min: number, max: number): boolean {
  return Number(digits) >= min && Number(digits) <= max;
}
