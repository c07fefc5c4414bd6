/** Whether whoever calls must not see what others entered, nor the arm. Rules R40 and R41 of SPEC.md. */
import { ChartproofError } from '../base/index.ts';
import { isUnmasked, type OpenStudy } from '../review/index.ts';
import type { SignedIn } from './accounts/signed-in.ts';
import { isBlinded } from './permissions.ts';

type Blindable = Pick<OpenStudy, 'study' | 'database'>;

/** Whether the study is blinded to a person, who was not unmasked. */
export function isBlindedTo({ study: { study, protocol }, database }: Blindable, { person, roles }: SignedIn): boolean {
  return isBlinded(protocol, roles.studies.get(study) ?? [], isUnmasked(database, person.login));
}

/** Refuses what shows the entries of others. Error: `review.blinded`. */
export function requireUnblinded(open: Blindable, who: SignedIn): void {
  if (!isBlindedTo(open, who)) return;
  throw new ChartproofError(
    'review.blinded',
    'The study is blinded: who abstracts in it does not see what others entered.',
    {
      tip: 'The owner of the study can lift the blinding for you; the audit trail tells of it.',
    },
  );
}
