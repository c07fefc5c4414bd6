import { useCallback, useRef } from 'react';
import { contract, type RouteOutput } from '../../../../src/server/contract/index.ts';
import { call, isUnreachable, queryClient, queryKeyOf } from '../../api/index.ts';
import type { Coverage } from './answers.ts';
import type { FieldPlace } from './change-queue.ts';
import { proposalsInput } from './proposals.tsx';

/**
 * What was read of a chart before a field is said to have no value: the notes that were open, what was searched, and the words of
 * the field whose sentences were shown. Where the server is not reached, what it said last.
 */
export function useCoverage(study: string, subject: string): (place: FieldPlace) => Promise<Coverage> {
  const last = useRef<Coverage>({ notes: [], terms: [] });
  return useCallback(
    async (place) => {
      try {
        last.current = await call(contract.chartCoverage, { params: { study, subject } });
      } catch (error) {
        if (!isUnreachable(error)) throw error;
      }
      const { notes, terms } = last.current;
      const shown = queryClient.getQueryData<RouteOutput<typeof contract.chartProposals>>(
        queryKeyOf(contract.chartProposals, proposalsInput({ study, subject }, place)),
      )?.termSet;
      return { notes, terms: [...new Set([...terms, ...(shown ? [`@${shown}`] : [])])] };
    },
    [study, subject],
  );
}
