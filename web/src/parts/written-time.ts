/** Times as people read them: in the time zone of whoever looks, the same in every language (2026-03-01 14:05). */
const format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' });

/** A time (ISO 8601) as day and minute. */
export function dateTimeOf(time: string): string {
  return format.format(new Date(time));
}
