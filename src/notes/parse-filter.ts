/** Filters of the search language: the rule `filter` of the grammar in docs/search.md. */
import { dayRange, type PartialDate, parsePartialDate } from '../base/index.ts';
import { readWords } from './parse-term.ts';
import { type Query, type Sex, sexes, type ValueFilter, valueFilters } from './query.ts';
import { type QueryReader, queryError } from './query-reader.ts';

export const filterNames = [...valueFilters, 'date', 'age', 'sex'] as const;

/** Reads what stands after the colon of a filter of one of {@link filterNames}; `undefined` for another name. */
export function readFilter(reader: QueryReader, name: string): Query | undefined {
  if (name === 'date') return readDates(reader);
  if (name === 'age') return readAges(reader);
  if (name === 'sex') return readSex(reader);
  if (!(valueFilters as readonly string[]).includes(name)) return undefined;
  if (reader.atEnd() || /[()]/.test(reader.peek()))
    throw queryError('The value of the filter is missing.', reader.column());
  if (reader.peek() === '=') throw queryError('Case does not count in a filter.', reader.column(), 'Leave out the =.');
  const value = readWords(reader);
  reader.skipBlank();
  return { kind: 'filter', name: name as ValueFilter, value };
}

const OPEN = /\[/y;
const CLOSE = /\]/y;
const TO = /TO(?=\s)/y;
const DATE = /\*|[0-9][0-9-]*/y;
const AGE = /\*|[0-9]+/y;
const SEX = /[A-Za-z]+/y;
const OLDEST = 150;

const DATE_TIP = 'For example: date:2012, date:[2012-01 TO 2017-06-27], date:[* TO 2015]';
const AGE_TIP = 'For example: age:40, age:[18 TO 65], age:[* TO 17]';
const SEX_TIP = `One of: ${sexes.join(', ')}; or the first letter.`;

function readDates(reader: QueryReader): Query {
  const column = reader.column();
  const { from, to } = readRange(reader, DATE_TIP, () => readDate(reader));
  if (from && to && dayRange(from).earliest > dayRange(to).latest)
    throw queryError('The second date is before the first.', column);
  return { kind: 'date', ...(from ? { from } : {}), ...(to ? { to } : {}) };
}

function readAges(reader: QueryReader): Query {
  const column = reader.column();
  const { from, to } = readRange(reader, AGE_TIP, () => readAge(reader));
  if (from !== undefined && to !== undefined && from > to)
    throw queryError('The second age is below the first.', column, AGE_TIP);
  return { kind: 'age', ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

/** One value, or two limits, of which a star (`undefined`) is none. */
function readRange<T>(reader: QueryReader, tip: string, read: () => T | undefined): { from?: T; to?: T } {
  const column = reader.column();
  if (!reader.take(OPEN)) {
    const only = read();
    if (only === undefined) throw queryError('The value of the filter is missing.', column, tip);
    return { from: only, to: only };
  }
  const from = read();
  if (!reader.take(TO)) throw queryError('TO is missing between the two limits.', reader.column(), tip);
  const to = read();
  if (!reader.take(CLOSE)) throw queryError('This bracket is never closed.', column, tip);
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

function readDate(reader: QueryReader): PartialDate | undefined {
  const column = reader.column();
  const text = reader.take(DATE);
  if (text === '*') return undefined;
  const date = text === undefined ? undefined : parsePartialDate(text);
  if (date === undefined) throw queryError('This is not a date.', column, DATE_TIP);
  return date;
}

function readAge(reader: QueryReader): number | undefined {
  const column = reader.column();
  const text = reader.take(AGE);
  if (text === '*') return undefined;
  const age = Number(text ?? Number.NaN);
  if (!(age <= OLDEST)) throw queryError(`This is not an age in years, 0 to ${OLDEST}.`, column, AGE_TIP);
  return age;
}

function readSex(reader: QueryReader): Query {
  const column = reader.column();
  const text = reader.take(SEX)?.toLowerCase();
  const sex = sexes.find((one): one is Sex => one === text || one.charAt(0) === text);
  if (sex === undefined) throw queryError('This is no sex that records have.', column, SEX_TIP);
  return { kind: 'sex', sex };
}
