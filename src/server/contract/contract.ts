/** Every route, by its id. */
import { auditRoutes } from './audit.ts';
import { peopleRoutes } from './people.ts';
import { sessionRoutes } from './session.ts';
import { studyRoutes } from './studies.ts';

export const contract = { ...sessionRoutes, ...studyRoutes, ...peopleRoutes, ...auditRoutes };
export type Contract = typeof contract;
export type RouteId = keyof Contract;
