/** What does each route of the contract. */
import type { Handlers } from './http/handler.ts';
import { jobHandlers } from './jobs/job-handlers.ts';
import { auditHandlers } from './people/audit-handlers.ts';
import { peopleHandlers } from './people/people-handlers.ts';
import { protocolHandlers } from './protocol/protocol-handlers.ts';
import { releaseHandlers } from './results/release-handlers.ts';
import { resultHandlers } from './results/result-handlers.ts';
import { textHandlers } from './results/text-handlers.ts';
import { sessionHandlers } from './session/session-handlers.ts';
import { studyHandlers } from './studies/study-handlers.ts';

export const handlers = {
  ...sessionHandlers,
  ...studyHandlers,
  ...peopleHandlers,
  ...auditHandlers,
  ...jobHandlers,
  ...resultHandlers,
  ...textHandlers,
  ...releaseHandlers,
  ...protocolHandlers,
} as unknown as Handlers;
