/** What does each route of the contract. */
import type { Handlers } from './http/handler.ts';
import { auditHandlers } from './people/audit-handlers.ts';
import { peopleHandlers } from './people/people-handlers.ts';
import { sessionHandlers } from './session/session-handlers.ts';
import { studyHandlers } from './studies/study-handlers.ts';

export const handlers = {
  ...sessionHandlers,
  ...studyHandlers,
  ...peopleHandlers,
  ...auditHandlers,
} as unknown as Handlers;
