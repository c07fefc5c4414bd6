/** Every route, by its id. */
import { chartRoutes } from './chart.ts';
import { sessionRoutes } from './session.ts';
import { studyRoutes } from './studies.ts';

export const contract = { ...chartRoutes, ...sessionRoutes, ...studyRoutes };
export type Contract = typeof contract;
export type RouteId = keyof Contract;
