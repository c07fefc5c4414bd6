import { type Day, dayRange, type PartialDate, parsePartialDate } from '../../base/index.ts';
import type { WrittenDate } from '../contract/index.ts';

/** A date of the records as it is shown: as the source wrote it, with the days that it may mean. */
export function writtenDate(date: string): WrittenDate {
  const partial = parsePartialDate(date);
  return partial === undefined ? bounded(date, date, date) : ofPartial(partial);
}

/** A date of which the days are known; without a day there is none, whatever the source wrote. */
export function datedBy(date: string | null, first: Day | null, last: Day | null = first): WrittenDate | null {
  return first === null ? null : bounded(date ?? first, first, last ?? first);
}

/** Days that no one text means are written as two. */
export function datedBetween(first: Day, last: Day, date?: string): WrittenDate {
  return bounded(date ?? (first === last ? first : `${first} to ${last}`), first, last);
}

/** When a note was written. */
export function noteDate({ date, day }: { readonly date: PartialDate | null; readonly day: Day | null }) {
  return date === null ? datedBy(null, day) : ofPartial(date);
}

function ofPartial(date: PartialDate): WrittenDate {
  const { earliest, latest } = dayRange(date);
  return bounded(date, earliest, latest);
}

function bounded(date: string, first: Day, last: Day): WrittenDate {
  return { date, first, last };
}
