/** Who did the review, in numbers: what the Methods of a paper say of abstraction. */
import type { Review } from './open-review.ts';
import type { ReviewState } from './review-state.ts';
import { newestRevisions } from './revisions.ts';

/** Persons and charts of a review. Charts are those whom no rule excludes. */
export interface ReviewAccount {
  readonly abstractors: number;
  readonly adjudicators: number;
  readonly charts: number;
  /** Charts that two people or more abstracted. */
  readonly doubleCharts: number;
  /** Fields that an adjudicator settled. */
  readonly adjudicated: number;
  /** Fields that are settled in all. */
  readonly settled: number;
}

/** The numbers of a review as it stands. Charts of those who have refused since are left out. */
export function reviewAccount(review: Review, { reviewed }: Pick<ReviewState, 'reviewed'>): ReviewAccount {
  const said = newestRevisions(review.database).filter((one) => review.persons.has(one.subject));
  const abstractions = said.filter((one) => one.role === 'abstraction');
  const readers = [...Map.groupBy(abstractions, (one) => one.subject).values()].map(
    (own) => new Set(own.map((one) => one.reviewer)).size,
  );
  const values = reviewed.flatMap(({ records }) =>
    Object.values(records).flatMap((rows) => rows.flatMap((row) => Object.values(row.values))),
  );
  return {
    abstractors: new Set(abstractions.map((one) => one.reviewer)).size,
    adjudicators: new Set(said.filter((one) => one.role === 'adjudication').map((one) => one.reviewer)).size,
    charts: readers.length,
    doubleCharts: readers.filter((n) => n > 1).length,
    adjudicated: values.filter(({ by }) => by === 'adjudication').length,
    settled: values.length,
  };
}
