/** The audit trails of the workspace and of studies: `contract/audit.ts`. */
import type { auditRoutes } from '../contract/audit.ts';
import type { Handlers } from '../http/handler.ts';
import { withStudyTrail } from './study-trail.ts';
import { exportTrail, trailPage, trailVerdict } from './trail-page.ts';

export const auditHandlers: Handlers<keyof typeof auditRoutes> = {
  workspaceAudit: ({ server, query }) => trailPage(server.accounts.database, query),
  exportWorkspaceAudit: ({ server, query, who, at }) =>
    exportTrail(server.accounts.database, query, { actor: who.person.login, at, name: 'audit-workspace' }),
  verifyWorkspaceAudit: ({ server }) => trailVerdict(server.accounts.database),
  studyAudit: ({ server, params, query }) =>
    withStudyTrail(server.workspace, params.study, (trail) => trailPage(trail, query)),
  exportStudyAudit: ({ server, params: { study }, query, who, at }) =>
    withStudyTrail(server.workspace, study, (trail) =>
      exportTrail(trail, query, { actor: who.person.login, at, name: `audit-${study}` }),
    ),
  verifyStudyAudit: ({ server, params }) =>
    withStudyTrail(server.workspace, params.study, (trail) => trailVerdict(trail)),
};
