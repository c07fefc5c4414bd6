import { type Day, dayRange, parsePartialDate } from '../../base/index.ts';
import { Refusal } from '../quarantine-reasons.ts';
import { type Fhir, objectAt, textAt } from './elements.ts';

/** A date of a resource: the earliest day that it may mean, and its own text with its own precision. */
export interface Dated {
  readonly day: Day | null;
  readonly source: string | null;
}

export const undated: Dated = { day: null, source: null };

/** The date, dateTime or instant at `name`. Refused as `fhir.bad-date` where it is none. */
export function dateAt(parent: Fhir | undefined, name: string): Dated {
  const source = textAt(parent, name);
  if (source === undefined) return undated;
  const date = parsePartialDate(source);
  if (date === undefined) throw new Refusal('fhir.bad-date', name);
  return { day: dayRange(date).earliest, source };
}

/** A date or instant in milliseconds since 1970, for ordering; one without a time zone is taken as UTC. */
export function millisecondsOf(source: string): number {
  // JavaScript knows no leap second, and takes a time without a zone for the machine's own.
  const text = source.includes(':60', TO_SECONDS) ? source.replace(LEAP_SECOND, '$1:59') : source;
  return Date.parse(WITHOUT_ZONE.test(text) ? `${text}Z` : text);
}

const TO_SECONDS = '2012-03-05T10:00'.length;
const LEAP_SECOND = /(T\d{2}:\d{2}):60/;
const WITHOUT_ZONE = /T[\d:.]+$/;

const NO_PERIOD = { start: undated, end: undated } as const;

/** Beginning and end of the Period at `name`. */
export function periodAt(parent: Fhir | undefined, name: string): { readonly start: Dated; readonly end: Dated } {
  const period = objectAt(parent, name);
  return period === undefined ? NO_PERIOD : { start: dateAt(period, 'start'), end: dateAt(period, 'end') };
}

/** The first of the dates that is there. */
export function firstDate(...dates: readonly Dated[]): Dated {
  for (const date of dates) if (date.day !== null) return date;
  return undated;
}
