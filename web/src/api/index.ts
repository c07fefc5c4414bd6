export { ApiProblem, isUnreachable } from './api-problem.ts';
export type { CallInput, CallResult, ReceivedFile } from './client.ts';
export { call, queryClient } from './queries.ts';
export { queryKeyOf } from './query-keys.ts';
export { saveFile } from './save-file.ts';
export { type LongWork, useJob } from './use-job.ts';
export { useChange, usePages, useRoute } from './use-route.ts';
