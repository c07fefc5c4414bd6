/**
 * Dates as a source writes them. A format has `YYYY`, `MM` or `M` or `MMM` (Jan), `DD` or `D`, `HH`, `mm`, `ss`, and
 * between them `/ - . , : T` and spaces. `MM` wants two digits, `M` takes one or two. What the format leaves out stays
 * unknown: `MM/YYYY` gives `2014-03`.
 */
import { type PartialDate, parsePartialDate } from '../../base/index.ts';

const PARTS: Readonly<Record<string, string>> = {
  YYYY: '(?<year>\\d{4})',
  MMM: '(?<name>\\p{L}{3})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{2})',
  D: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
};
const TOKEN = /YYYY|MMM|MM|M|DD|D|HH|mm|ss|[-/.,: T]/g;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Whether the text is a format: each part at most once, and none without the greater one before it. */
export function isDateFormat(format: string): boolean {
  const tokens = format.match(TOKEN) ?? [];
  if (tokens.join('') !== format) return false;
  const has = (part: RegExp): number => tokens.filter((token) => part.test(token)).length;
  const parts = [/^YYYY$/, /^M{1,3}$/, /^DD?$/, /^HH$/, /^mm$/, /^ss$/].map(has);
  const given = parts.indexOf(0);
  const until = given < 0 ? parts.length : given;
  // An hour without minutes is no time.
  return until > 0 && until !== 4 && parts.every((count, at) => count === (at < until ? 1 : 0));
}

/**
 * The date that a cell holds, in the form `2014-03-05`; `undefined` where it fits none of the formats, is no day of the
 * calendar, or fits two formats that read two different days.
 */
export function dateIn(text: string, formats: readonly string[]): PartialDate | undefined {
  const read = new Set(formats.map((format) => dateOf(text, format)).filter((date) => date !== undefined));
  return read.size === 1 ? [...read][0] : undefined;
}

function dateOf(text: string, format: string): PartialDate | undefined {
  const { year, name, month, day, hour, minute, second } = patternOf(format).exec(text)?.groups ?? {};
  if (year === undefined) return undefined;
  const number = name === undefined ? month?.padStart(2, '0') : numberOfMonth(name);
  const time = hour === undefined ? undefined : [hour, minute, second].filter((part) => part !== undefined).join(':');
  const days = [year, number, day?.padStart(2, '0')].filter((part) => part !== undefined).join('-');
  return parsePartialDate(time === undefined ? days : `${days}T${time}`);
}

/** `00`, which no calendar has, for what is no month. */
function numberOfMonth(name: string): string {
  return String(MONTHS.indexOf(name.toLowerCase()) + 1).padStart(2, '0');
}

const patterns = new Map<string, RegExp>();

function patternOf(format: string): RegExp {
  const known = patterns.get(format);
  if (known) return known;
  const source = (format.match(TOKEN) ?? []).map((token) => PARTS[token] ?? (token === '.' ? '\\.' : token)).join('');
  const pattern = new RegExp(`^${source}$`, 'u');
  patterns.set(format, pattern);
  return pattern;
}
