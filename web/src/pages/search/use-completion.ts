import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { contract, type RouteOutput } from '../../../../src/server/contract/index.ts';
import { call } from '../../api/index.ts';

export type Completion = RouteOutput<typeof contract.completeQuery>;
export type CompletionItem = Completion['items'][number];

const PAUSE_MS = 250;

/** What may come at a place of a query, asked for when the typing pauses. */
export function useCompletion(study: string): {
  /** `at` is the place that it was asked for. */
  readonly completion: (Completion & { readonly at: number }) | undefined;
  readonly ask: (query: string, at: number) => void;
  readonly close: () => void;
} {
  const [completion, setCompletion] = useState<Completion & { readonly at: number }>();
  const asking = useRef<AbortController>(undefined);
  const ask = useDebouncedCallback(async (query: string, at: number) => {
    asking.current?.abort();
    const controller = new AbortController();
    asking.current = controller;
    try {
      const found = await call(contract.completeQuery, {
        params: { study },
        body: { query, at },
        signal: controller.signal,
      });
      if (!controller.signal.aborted) setCompletion(found.items.length > 0 ? { ...found, at } : undefined);
    } catch {
      // Without completion one types on; what is wrong shows when the search is asked.
      if (!controller.signal.aborted) setCompletion(undefined);
    }
  }, PAUSE_MS);
  useEffect(() => () => asking.current?.abort(), []);
  const close = () => {
    ask.cancel();
    asking.current?.abort();
    setCompletion(undefined);
  };
  return { completion, ask: (query, at) => void ask(query, at), close };
}
