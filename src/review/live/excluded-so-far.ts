import { recordFocus } from '../../protocol/index.ts';
import { valuesOf } from '../entry-verdict.ts';
import type { Review, ReviewPerson } from '../open-review.ts';
import { exclusionsByReviewer } from '../review-state.ts';
import type { LiveRecord } from './record-views.ts';

/** For what the answers of one reader, as they stand, leave a person out, by the id of the exclusion. Rule R77 of SPEC.md. */
export function excludedSoFar({ protocol }: Review, person: ReviewPerson, records: readonly LiveRecord[]): string[] {
  // Where nothing is answered yet, an expression that asks whether something is empty would hold.
  const begun = records.filter(({ words }) => words.some(({ answer }) => answer !== null));
  return exclusionsByReviewer(protocol, person, (instrument) =>
    begun
      .filter((one) => one.instrument.id === instrument.id)
      .map(({ answers, computed }) => ({ ...recordFocus(instrument, valuesOf(answers)), ...computed })),
  );
}
