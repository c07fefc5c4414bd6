/** Who may see the persons behind a number. Rule R102 of SPEC.md. */
import type { OpenStudy } from '../../review/index.ts';
import type { SignedIn } from '../accounts/signed-in.ts';
import { isBlindedTo } from '../blinding.ts';
import { studyPermissionsOf } from '../permissions.ts';

/** Whoever has the permission and is not blinded: the values behind a number are what others entered. */
export function mayTrace(open: OpenStudy, who: SignedIn): boolean {
  return studyPermissionsOf(who.roles, open.study.study).has('results.trace') && !isBlindedTo(open, who);
}
