import type { Handlers } from '../http/handler.ts';

/** Asking how far long work is. */
export const jobHandlers = {
  job: ({ server, who, params }) => server.jobs.find(params.job, who.person.id),
} satisfies Partial<Handlers>;
