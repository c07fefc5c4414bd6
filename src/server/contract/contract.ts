/** Every route, by its id. */
import { auditRoutes } from './audit.ts';
import { jobRoutes } from './jobs.ts';
import { peopleRoutes } from './people.ts';
import { protocolRoutes } from './protocol.ts';
import { releaseRoutes } from './releases.ts';
import { resultRoutes } from './results.ts';
import { resultTextRoutes } from './results-text.ts';
import { sessionRoutes } from './session.ts';
import { studyRoutes } from './studies.ts';

export const contract = {
  ...sessionRoutes,
  ...studyRoutes,
  ...peopleRoutes,
  ...auditRoutes,
  ...jobRoutes,
  ...resultRoutes,
  ...resultTextRoutes,
  ...releaseRoutes,
  ...protocolRoutes,
};
export type Contract = typeof contract;
export type RouteId = keyof Contract;
