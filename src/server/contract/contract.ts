/** Every route, by its id. */
import { cohortRoutes } from './cohort.ts';
import { jobRoutes } from './jobs.ts';
import { searchRoutes } from './search.ts';
import { sessionRoutes } from './session.ts';
import { studyRoutes } from './studies.ts';

export const contract = { ...sessionRoutes, ...studyRoutes, ...jobRoutes, ...searchRoutes, ...cohortRoutes };
export type Contract = typeof contract;
export type RouteId = keyof Contract;
