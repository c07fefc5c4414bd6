/** When an entry is said that comes of work in the browser. */
import type { RevisionTable, StudyDatabase } from '../../workspace/index.ts';

/**
 * `at`, or a millisecond after the last word of the same person on the record: who goes back to what they said before says it
 * at another time, since the same entry again would change nothing (R4), and clocks are set back.
 */
export function entryTime(
  { db, all }: StudyDatabase,
  of: Pick<RevisionTable, 'subject' | 'instrument' | 'row_key' | 'role' | 'reviewer'>,
  at: string,
): string {
  const query = db
    .selectFrom('revision')
    .select('at')
    .where('subject', '=', of.subject)
    .where('instrument', '=', of.instrument)
    .where('row_key', '=', of.row_key)
    .where('role', '=', of.role)
    .where('reviewer', '=', of.reviewer);
  const last = Math.max(Number.NEGATIVE_INFINITY, ...all(query).map((one) => Date.parse(one.at)));
  return Date.parse(at) > last ? at : new Date(last + 1).toISOString();
}
