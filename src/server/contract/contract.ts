/** Every route, by its id. */
import { sessionRoutes } from './session.ts';
import { studyRoutes } from './studies.ts';

export const contract = { ...sessionRoutes, ...studyRoutes };
export type Contract = typeof contract;
export type RouteId = keyof Contract;
