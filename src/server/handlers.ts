/** What does each route of the contract. */
import { chartHandlers } from './chart/chart-handlers.ts';
import type { Handlers } from './http/handler.ts';
import { studyHandlers } from './studies/study-handlers.ts';

export const handlers = { ...studyHandlers, ...chartHandlers(() => false) } as unknown as Handlers;
