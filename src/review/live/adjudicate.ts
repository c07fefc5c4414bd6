/** Deciding what readers entered differently. Rules R72 to R74 of SPEC.md. */
import { canonicalJson, silent } from '../../base/index.ts';
import { personsOfRecords } from '../cited-records.ts';
import type { Answer } from '../entry.ts';
import { storeCited } from '../load-entries.ts';
import type { Review } from '../open-review.ts';
import { newestRevisions } from '../revisions.ts';
import { holdOf, notTaken } from './claims.ts';
import { newestOf } from './differences.ts';
import { entryTime } from './entry-time.ts';
import { requireForeign } from './queue.ts';
import { personOf } from './save-draft.ts';

/** What an adjudicator decides of one field. */
export interface Ruling {
  readonly subject: string;
  readonly instrument: string;
  readonly row: string;
  readonly field: string;
  readonly answer: Answer;
  readonly reason: string;
  readonly adjudicator: string;
  /** The newest revision of the field by anybody that the adjudicator saw; 0 for none. */
  readonly seen: string;
}

/**
 * Stores a ruling as an entry. `conflict` where somebody spoke of the field since; the same ruling again is no conflict.
 * Errors: `review.closed-chart`, `review.own-chart`, `review.not-taken`, `review.invalid`.
 */
export async function adjudicate(review: Review, ruling: Ruling, at: string): Promise<'stored' | 'conflict'> {
  const { subject, instrument, row, field, answer, reason, adjudicator, seen } = ruling;
  const { person } = personOf(review, subject);
  requireForeign(review, subject, adjudicator);
  const cited = await personsOfRecords(review.gate, [answer]);
  return review.database.transaction(() => {
    const { database, protocol } = review;
    if (holdOf(database, protocol, { subject, stage: 'adjudication', reviewer: adjudicator }) === undefined)
      throw notTaken();
    const revisions = newestRevisions(database, subject);
    const newest = newestOf(revisions, ruling);
    if (String(newest) !== seen) {
      const last = revisions.find(({ id }) => id === newest);
      const isSame =
        last?.role === 'adjudication' &&
        last.reviewer === adjudicator &&
        last.reason === reason &&
        canonicalJson(last.answer) === canonicalJson(answer);
      return isSame ? 'stored' : 'conflict';
    }
    const of = { subject, instrument, row_key: row, role: 'adjudication' as const, reviewer: adjudicator };
    const entry = {
      kind: 'adjudication' as const,
      person,
      instrument,
      ...(row === '' ? {} : { row }),
      at: entryTime(database, of, at),
      adjudicator,
      field,
      answer,
      reason,
    };
    storeCited(review, [{ entry }], cited, { actor: adjudicator, at, progress: silent });
    return 'stored';
  });
}
