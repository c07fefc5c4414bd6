/** What does each route of the contract. */
import type { Handlers } from './http/handler.ts';
import { studyHandlers } from './studies/study-handlers.ts';

export const handlers = { ...studyHandlers } as unknown as Handlers;
