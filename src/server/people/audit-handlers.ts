/** The audit trails of the workspace and of studies: `contract/audit.ts`. */
import { loadStudyProtocol } from '../../protocol/index.ts';
import type { StudyDatabase } from '../../workspace/index.ts';
import type { SignedIn } from '../accounts/signed-in.ts';
import { requireUnblinded } from '../blinding.ts';
import type { auditRoutes } from '../contract/audit.ts';
import type { Handlers } from '../http/handler.ts';
import type { Server } from '../server.ts';
import { withStudyTrail } from './study-trail.ts';
import { exportTrail, trailPage, trailVerdict } from './trail-page.ts';

export const auditHandlers: Handlers<keyof typeof auditRoutes> = {
  workspaceAudit: ({ server, query }) => trailPage(server.accounts.database, query),
  exportWorkspaceAudit: ({ server, query, who, at }) =>
    exportTrail(server.accounts.database, query, { actor: who.person.login, at, name: 'audit-workspace' }),
  verifyWorkspaceAudit: ({ server, query }) => trailVerdict(server.accounts.database, query.head),
  studyAudit: ({ server, params, query, who }) =>
    withReadTrail(server, params.study, who, (trail) => trailPage(trail, query)),
  exportStudyAudit: ({ server, params: { study }, query, who, at }) =>
    withReadTrail(server, study, who, (trail) =>
      exportTrail(trail, query, { actor: who.person.login, at, name: `audit-${study}` }),
    ),
  verifyStudyAudit: ({ server, params, query }) =>
    withStudyTrail(server.workspace, params.study, (trail) => trailVerdict(trail, query.head)),
};

/** The rows tell who read which chart, and when they were done with it: nothing for whoever is blinded (R40). */
function withReadTrail<Result>(
  { workspace }: Server,
  study: string,
  who: SignedIn,
  work: (trail: StudyDatabase) => Result,
): Result {
  return withStudyTrail(workspace, study, (database) => {
    // Nobody else can be blinded, and a trail can be read where the protocol cannot.
    if (who.roles.studies.get(study)?.includes('abstractor'))
      requireUnblinded({ study: loadStudyProtocol(workspace, study), database }, who);
    return work(database);
  });
}
