import { ChartproofError, type PartialDate } from '../base/index.ts';
import { sampledPerson, subjectOf } from '../cohort/index.ts';
import type { Review, ReviewPerson } from './open-review.ts';

/**
 * Whose chart a subject's is: a candidate (`S001`) or a person of a sample (`N001`).
 * Errors: `cohort.no-subject`, `cohort.not-in-sample`; `review.closed-chart` of a candidate who has since refused, of whom
 * nothing is said, not even the person's id.
 */
export async function chartPerson(
  { database, gate, persons }: Pick<Review, 'database' | 'gate' | 'persons'>,
  subject: string,
): Promise<ReviewPerson> {
  if (!subject.startsWith('N')) {
    const person = persons.get(subject);
    if (person && gate.isAuthorized(person.personId)) return person;
    subjectOf(database, subject);
    throw new ChartproofError('review.closed-chart', 'The chart of this subject may not be used any more.', {
      tip: 'List the candidates: chartproof cohort list STUDY',
    });
  }
  const sampled = sampledPerson(database, gate, subject);
  const [row] = await gate.all<{ sex: string | null; birthDate: PartialDate | null }>(
    'SELECT sex, birth_date_source AS "birthDate" FROM person WHERE person_id = $1::BIGINT',
    [sampled.personId],
  );
  return { ...sampled, sex: row?.sex ?? null, birthDate: row?.birthDate ?? null };
}
