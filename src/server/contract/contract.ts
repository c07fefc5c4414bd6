/** Every route, by its id. */
import { jobRoutes } from './jobs.ts';
import { searchRoutes } from './search.ts';
import { sessionRoutes } from './session.ts';
import { studyRoutes } from './studies.ts';

export const contract = { ...sessionRoutes, ...studyRoutes, ...jobRoutes, ...searchRoutes };
export type Contract = typeof contract;
export type RouteId = keyof Contract;
