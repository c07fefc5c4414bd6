import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { contract, type JobView, type RouteDef } from '../../../src/server/contract/index.ts';
import { ApiProblem } from './api-problem.ts';
import type { CallInput } from './client.ts';
import { queryKeyOf, scopeOf } from './query-keys.ts';
import { useChange, useRoute } from './use-route.ts';

const POLL_MS = 600;

/** Long work that a page begins: how far it is, and its result. */
export interface LongWork<Def extends RouteDef, Result> {
  readonly begin: (input: Omit<CallInput<Def>, 'signal'>) => void;
  readonly isRunning: boolean;
  readonly job: JobView | undefined;
  readonly result: Result | undefined;
  readonly error: Error | undefined;
}

/** A route that begins long work, and its job from then on: `useJob<typeof contract.runCohort, CohortRunResult>(contract.runCohort)`. */
export function useJob<Def extends RouteDef, Result>(
  route: Def,
  /** Whether what else is known of the study may be otherwise when it is done. */
  { isChange = false }: { readonly isChange?: boolean } = {},
): LongWork<Def, Result> {
  const queries = useQueryClient();
  const [begun, setBegun] = useState<{ readonly job: string; readonly scope: string }>();
  const start = useChange(route, { touches: [] });
  const { data: job, error } = useRoute(
    contract.job,
    { params: { job: begun?.job ?? '' } },
    {
      enabled: begun !== undefined,
      refetchInterval: ({ state }) => (state.data && state.data.state !== 'running' ? false : POLL_MS),
    },
  );
  const isDone = job?.state === 'done';
  useEffect(() => {
    if (isDone && isChange && begun)
      void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === begun.scope });
  }, [isDone, isChange, begun, queries]);
  const failed = job?.state === 'failed' ? new ApiProblem(job.failure) : undefined;
  return {
    begin: (input) => {
      if (begun) queries.removeQueries({ queryKey: queryKeyOf(contract.job, { params: { job: begun.job } }) });
      const scope = scopeOf((input as { readonly params?: unknown }).params);
      start.mutate(input, { onSuccess: (told) => setBegun({ job: (told as { job: string }).job, scope }) });
    },
    isRunning: start.isPending || (begun !== undefined && !error && (!job || job.state === 'running')),
    job,
    result: job?.state === 'done' ? (job.result as Result) : undefined,
    error: start.error ?? error ?? failed,
  };
}
