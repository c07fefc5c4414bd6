/** Every route, by its id. */
import { adjudicationRoutes } from './adjudication.ts';
import { agreementRoutes } from './agreement.ts';
import { auditRoutes } from './audit.ts';
import { chartRoutes } from './chart.ts';
import { cohortRoutes } from './cohort.ts';
import { dataRoutes } from './data.ts';
import { jobRoutes } from './jobs.ts';
import { peopleRoutes } from './people.ts';
import { protocolRoutes } from './protocol.ts';
import { releaseRoutes } from './releases.ts';
import { resultRoutes } from './results.ts';
import { resultTextRoutes } from './results-text.ts';
import { reviewRoutes } from './review.ts';
import { sampleRoutes } from './sample.ts';
import { searchRoutes } from './search.ts';
import { sessionRoutes } from './session.ts';
import { studyRoutes } from './studies.ts';

export const contract = {
  ...sessionRoutes,
  ...studyRoutes,
  ...adjudicationRoutes,
  ...agreementRoutes,
  ...auditRoutes,
  ...chartRoutes,
  ...cohortRoutes,
  ...dataRoutes,
  ...jobRoutes,
  ...peopleRoutes,
  ...protocolRoutes,
  ...releaseRoutes,
  ...resultTextRoutes,
  ...resultRoutes,
  ...reviewRoutes,
  ...sampleRoutes,
  ...searchRoutes,
};
export type Contract = typeof contract;
export type RouteId = keyof Contract;
