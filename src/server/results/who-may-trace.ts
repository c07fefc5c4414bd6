/** Who may see the persons behind a number. Rule R102 of SPEC.md. */
import { ChartproofError } from '../../base/index.ts';
import type { OpenStudy } from '../../review/index.ts';
import type { SignedIn } from '../accounts/signed-in.ts';
import { isBlinded, studyPermissionsOf } from '../permissions.ts';

/** Whoever has the permission and is not blinded: the values behind a number are what others entered. */
export function mayTrace({ study }: OpenStudy, { roles }: SignedIn): boolean {
  const has = studyPermissionsOf(roles, study.study).has('results.trace');
  return has && !isBlinded(study.protocol, roles.studies.get(study.study) ?? [], false);
}

/** Error `server.blinded` for whoever abstracts in a blinded study, whatever else they do there. */
export function requireTrace(open: OpenStudy, who: SignedIn): void {
  if (mayTrace(open, who)) return;
  throw new ChartproofError('server.blinded', 'You are blinded: behind a number stands what others entered.', {
    tip: 'Somebody who abstracts no charts can look.',
  });
}
