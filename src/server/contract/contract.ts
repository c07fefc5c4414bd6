/** Every route, by its id. */
<<<<<<< HEAD
import { adjudicationRoutes } from './adjudication.ts';
import { agreementRoutes } from './agreement.ts';
import { reviewRoutes } from './review.ts';
import { sessionRoutes } from './session.ts';
import { studyRoutes } from './studies.ts';

export const contract = {
  ...sessionRoutes,
  ...studyRoutes,
  ...reviewRoutes,
  ...adjudicationRoutes,
  ...agreementRoutes,
};
=======
import { chartRoutes } from './chart.ts';
import { sessionRoutes } from './session.ts';
import { studyRoutes } from './studies.ts';

export const contract = { ...chartRoutes, ...sessionRoutes, ...studyRoutes };
>>>>>>> wt-chart
export type Contract = typeof contract;
export type RouteId = keyof Contract;
