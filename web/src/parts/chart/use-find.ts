/** Finding in a chart: the places of a query in its notes, and the one that is looked at. */
import { useCallback, useRef, useState } from 'react';
import { type ChartMention, contract, type RouteOutput } from '../../../../src/server/contract/index.ts';
import { call } from '../../api/index.ts';
import type { ChartParams } from './chart-pane.tsx';

type Found = RouteOutput<typeof contract.findInChart>;
type Hit = Found['items'][number]['mentions'][number] & { readonly source: string };

interface State {
  readonly query: string;
  readonly notes: Found['items'];
  readonly next: string | null;
  readonly totals: Found['totals'];
  /** The hit that is looked at: its place among those that have come. */
  readonly at: number;
}

/** What `useFind` gives. */
export interface Find {
  readonly state: State | undefined;
  readonly error: unknown;
  readonly isBusy: boolean;
  search(query: string): Promise<void>;
  /** To the next hit (1) or the one before (-1), around the ends. */
  step(by: 1 | -1): Promise<void>;
  clear(): void;
  /** Where the query is true in a note. */
  foundIn(note: string): readonly ChartMention[];
}

const NONE: readonly ChartMention[] = [];

export function useFind(
  params: ChartParams,
  open: (note: string, at?: { readonly start: number; readonly end: number }) => void,
): Find {
  const [state, setState] = useState<State>();
  const [error, setError] = useState<unknown>();
  const [isBusy, setIsBusy] = useState(false);
  const turn = useRef(0);

  const ask = useCallback(
    async (query: string, cursor?: string): Promise<Found | undefined> => {
      const mine = ++turn.current;
      setIsBusy(true);
      setError(undefined);
      try {
        const found = await call(contract.findInChart, {
          params,
          body: { query },
          query: { limit: 100, ...(cursor && { cursor }) },
        });
        return mine === turn.current ? found : undefined;
      } catch (cause) {
        if (mine === turn.current) setError(cause);
        return undefined;
      } finally {
        if (mine === turn.current) setIsBusy(false);
      }
    },
    [params],
  );
  const show = useCallback(
    (next: State) => {
      setState(next);
      const hit = hitsOf(next.notes)[next.at];
      if (hit) open(hit.source, hit);
      else if (next.notes[0]) open(next.notes[0].source);
    },
    [open],
  );
  const search = useCallback(
    async (query: string) => {
      setState(undefined);
      const found = await ask(query);
      if (found) show({ query, notes: found.items, next: found.next, totals: found.totals, at: 0 });
    },
    [ask, show],
  );
  const step = async (by: 1 | -1): Promise<void> => {
    if (!state || isBusy) return;
    const hits = hitsOf(state.notes);
    const at = state.at + by;
    if (at < hits.length || state.next === null) {
      return show({ ...state, at: hits.length === 0 ? 0 : (at + hits.length) % hits.length });
    }
    const more = await ask(state.query, state.next);
    if (more) show({ ...state, notes: [...state.notes, ...more.items], next: more.next, at });
  };
  return {
    state,
    error,
    isBusy,
    search,
    step,
    clear: () => {
      turn.current += 1;
      setState(undefined);
      setError(undefined);
      setIsBusy(false);
    },
    foundIn: (note) => state?.notes.find(({ source }) => source === note)?.mentions ?? NONE,
  };
}

function hitsOf(notes: Found['items']): readonly Hit[] {
  return notes.flatMap(({ source, mentions }) => mentions.map((mention) => ({ ...mention, source })));
}
