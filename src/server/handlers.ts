/** What does each route of the contract. */
import { chartHandlers } from './chart/chart-handlers.ts';
import { cohortHandlers } from './cohort/cohort-handlers.ts';
import type { Handlers } from './http/handler.ts';
import { jobHandlers } from './jobs/job-handlers.ts';
import { auditHandlers } from './people/audit-handlers.ts';
import { peopleHandlers } from './people/people-handlers.ts';
import { protocolHandlers } from './protocol/protocol-handlers.ts';
import { releaseHandlers } from './results/release-handlers.ts';
import { resultHandlers } from './results/result-handlers.ts';
import { textHandlers } from './results/text-handlers.ts';
import { adjudicationHandlers } from './review/adjudication-handlers.ts';
import { agreementHandlers } from './review/agreement-handlers.ts';
import { formHandlers } from './review/form-handlers.ts';
import { queueHandlers } from './review/queue-handlers.ts';
import { recordHandlers } from './review/record-handlers.ts';
import { searchHandlers } from './search/search-handlers.ts';
import { sessionHandlers } from './session/session-handlers.ts';
import { studyHandlers } from './studies/study-handlers.ts';

export const handlers: Handlers = {
  ...chartHandlers,
  ...cohortHandlers,
  ...jobHandlers,
  ...auditHandlers,
  ...peopleHandlers,
  ...protocolHandlers,
  ...releaseHandlers,
  ...resultHandlers,
  ...textHandlers,
  ...adjudicationHandlers,
  ...agreementHandlers,
  ...formHandlers,
  ...queueHandlers,
  ...recordHandlers,
  ...searchHandlers,
  ...sessionHandlers,
  ...studyHandlers,
};
