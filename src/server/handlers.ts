/** What does each route of the contract. */
import type { Handlers } from './http/handler.ts';
import { jobHandlers } from './jobs/job-handlers.ts';
import { searchHandlers } from './search/search-handlers.ts';
import { studyHandlers } from './studies/study-handlers.ts';

export const handlers = { ...studyHandlers, ...jobHandlers, ...searchHandlers } as unknown as Handlers;
