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

/**
 * The text as a partial date, or `undefined` where it is none (wrong form, 30 February, month 13, hour 25, year 0). The
 * limits of year and offset are those of FHIR (R4, dateTime). Read by character: imports ask this some times a line.
 */
export function parsePartialDate(text: string): PartialDate | undefined {
  return isPartialDate(text) ? (text as PartialDate) : undefined;
}

function isPartialDate(text: string): boolean {
  const { length } = text;
  const year = digits(text, 0, 4);
  if (!(year > 0)) return false;
  if (length === YEAR) return true;
  const month = digits(text, YEAR + 1, 2);
  if (text.charCodeAt(YEAR) !== HYPHEN || !(month >= 1 && month <= 12)) return false;
  if (length === MONTH) return true;
  const day = digits(text, MONTH + 1, 2);
  if (text.charCodeAt(MONTH) !== HYPHEN || !(day >= 1 && day <= daysInMonth(year, month))) return false;
  return length === DAY || (text.charCodeAt(DAY) === LETTER_T && isTime(text, DAY + 1));
}

/** Whether `HH:mm`, with `:ss` and a fraction or without, with an offset or without, ends the text. */
function isTime(text: string, from: number): boolean {
  if (!(digits(text, from, 2) <= 23 && text.charCodeAt(from + 2) === COLON && digits(text, from + 3, 2) <= 59)) {
    return false;
  }
  let at = from + 5;
  if (text.charCodeAt(at) === COLON) {
    if (!(digits(text, at + 1, 2) <= 60)) return false;
    at += 3;
    if (text.charCodeAt(at) === DOT) {
      const first = ++at;
      while (isDigit(text.charCodeAt(at))) at++;
      if (at === first) return false;
    }
  }
  return at === text.length || isOffset(text, at);
}

function isOffset(text: string, at: number): boolean {
  const sign = text.charCodeAt(at);
  if (sign === LETTER_Z) return text.length === at + 1;
  if ((sign !== PLUS && sign !== HYPHEN) || text.length !== at + 6 || text.charCodeAt(at + 3) !== COLON) return false;
  const [hours, minutes] = [digits(text, at + 1, 2), digits(text, at + 4, 2)];
  return (hours <= 13 && minutes <= 59) || (hours === 14 && minutes === 0);
}

const [YEAR, MONTH, DAY] = ['2012', '2012-03', '2012-03-05'].map((form) => form.length) as [number, number, number];
const [HYPHEN, PLUS, COLON, DOT, LETTER_T, LETTER_Z] = [0x2d, 0x2b, 0x3a, 0x2e, 0x54, 0x5a];
const ZERO = 0x30;

function isDigit(code: number): boolean {
  return code >= ZERO && code <= ZERO + 9;
}

/** So many digits as a number, which is NaN (and in no range) where they are none. */
function digits(text: string, from: number, count: number): number {
  let number = 0;
  for (let at = from; at < from + count; at++) {
    const code = text.charCodeAt(at);
    if (!isDigit(code)) return Number.NaN;
    number = number * 10 + code - ZERO;
  }
  return number;
}

/** The first and the last day that the date may mean. */
export function dayRange(date: PartialDate): DayRange {
  if (date.length >= DAY) {
    const day = date.length === DAY ? date : date.slice(0, DAY);
    return { earliest: day, latest: day };
  }
  if (date.length === YEAR) return { earliest: `${date}-01-01`, latest: `${date}-12-31` };
  const last = daysInMonth(Number(date.slice(0, YEAR)), Number(date.slice(YEAR + 1)));
  return { earliest: `${date}-01`, latest: `${date}-${last}` };
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

/** Completed years from one day to another, negative where `to` lies before `from`. */
export function completedYears(from: Day, to: Day): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return to.slice(5) < from.slice(5) ? years - 1 : years;
}

const MILLISECONDS_IN_DAY = 86_400_000;
const YEAR_TO_DAY = 'YYYY-MM-DD'.length;

/** Days from 1970-01-01 to a day. */
export function dayNumber(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) / MILLISECONDS_IN_DAY;
}

/** The day that so many days after 1970-01-01 is. */
export function dayOfNumber(number: number): Day {
  const known = daysByNumber.get(number);
  if (known !== undefined) return known;
  const day = new Date(number * MILLISECONDS_IN_DAY).toISOString().slice(0, YEAR_TO_DAY);
  daysByNumber.set(number, day);
  return day;
}

/** A hospital has some twenty thousand days, and lists name each of them often. */
const daysByNumber = new Map<number, Day>();

function daysInMonth(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}
