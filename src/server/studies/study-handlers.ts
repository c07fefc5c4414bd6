/** Studies: the list and making one. The overview is in `study-overview.ts`. */
import { loadStudyProtocol } from '../../protocol/index.ts';
import type { StudyRole } from '../contract/index.ts';
import type { Handlers } from '../http/handler.ts';
import type { Server } from '../server.ts';

export const studyHandlers = {
  studies: ({ server, who }) => ({
    items: [...who.roles.studies].map(([study, roles]) => summaryOf(server, study, roles)),
  }),
} satisfies Partial<Handlers>;

function summaryOf({ workspace }: Server, study: string, roles: readonly StudyRole[]) {
  const { protocol } = loadStudyProtocol(workspace, study);
  return { study, title: protocol.title, version: protocol.version, roles: [...roles] };
}
