/** Work that takes longer than a call, followed until it ends. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { contract, type JobView } from '../../../src/server/contract/index.ts';
import { ApiProblem } from './api-problem.ts';
import { call } from './queries.ts';
import { scopeOf } from './query-keys.ts';

const AGAIN_MS = 700;

/** How far work is, and how it ended. */
export interface FollowedJob {
  readonly view: JobView | undefined;
  /** Whether it goes on, as far as is known. */
  readonly isRunning: boolean;
  /** What it gave, once it is done; its schema is told by the route that began it. */
  readonly result: unknown;
  /** Why it failed, or why it cannot be asked about. */
  readonly error: unknown;
}

/** Follows a job; none while `job` is undefined. What it may have changed in its study is asked for anew when it ends. */
export function useJob(job: string | undefined): FollowedJob {
  const queries = useQueryClient();
  const { data: view, error } = useQuery({
    queryKey: ['job', job],
    enabled: job !== undefined,
    queryFn: ({ signal }) => call(contract.job, { params: { job: job ?? '' }, signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'running' || !state.data ? AGAIN_MS : false),
  });
  const { state, study } = view ?? {};
  useEffect(() => {
    if (state !== 'done' || !study) return;
    const scope = scopeOf({ study });
    void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === scope });
  }, [queries, state, study]);
  return {
    view,
    isRunning: job !== undefined && !error && (view === undefined || view.state === 'running'),
    result: view?.state === 'done' ? view.result : undefined,
    error: view?.state === 'failed' ? new ApiProblem(view.problem) : error,
  };
}
