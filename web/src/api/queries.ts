/** The answers that the app keeps, and the client that fills them. */
import { QueryClient } from '@tanstack/react-query';
import { contract, type SessionView } from '../../../src/server/contract/index.ts';
import { isUnreachable } from './api-problem.ts';
import { createClient } from './client.ts';
import { queryKeyOf } from './query-keys.ts';

const sessionKey = queryKeyOf(contract.session);

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // The server may be this machine: what the browser believes of its network says nothing.
      networkMode: 'always',
      retry: (count, error) => isUnreachable(error) && count < 2,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

/** Calls a route of the contract as whoever is signed in. */
export const call = createClient({
  fetch: (...input) => globalThis.fetch(...input),
  csrf: () => queryClient.getQueryData<SessionView>(sessionKey)?.csrf,
  // What is kept stays until somebody signs in: the same person goes on where they were.
  onSignedOut: () => void queryClient.invalidateQueries({ queryKey: sessionKey }),
});
