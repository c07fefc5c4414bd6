/** The routes of the contract as hooks: answers that are kept and refreshed, and changes that make them stale. */
import {
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryOptions,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { RouteDef, RouteId, RouteOutput } from '../../../src/server/contract/index.ts';
import type { CallArguments, CallInput, CallResult } from './client.ts';
import { call } from './queries.ts';
import { isTouched, queryKeyOf, scopeOf } from './query-keys.ts';

type InputOf<Def extends RouteDef> = Omit<CallInput<Def>, 'signal'>;
type Options<Def extends RouteDef> = Omit<UseQueryOptions<CallResult<Def>>, 'queryKey' | 'queryFn'>;

/** The arguments of a call; the cast is sound, since an input is whatever the route needs, with a signal. */
function argumentsOf<Def extends RouteDef>(input: InputOf<Def> | undefined, signal?: AbortSignal): CallArguments<Def> {
  return [{ ...input, signal }] as unknown as CallArguments<Def>;
}

/** What a route answers: `useRoute(contract.study, { params: { study } })`. */
export function useRoute<Def extends RouteDef>(
  route: Def,
  input?: InputOf<Def>,
  options?: Options<Def>,
): UseQueryResult<CallResult<Def>> {
  return useQuery<CallResult<Def>>({
    ...options,
    queryKey: queryKeyOf(route, input),
    queryFn: async ({ signal }) => (await call(route, ...argumentsOf<Def>(input, signal))) ?? (null as CallResult<Def>),
  });
}

/** A list in parts, and `items`: all that has come so far. `fetchNextPage` asks for more while `hasNextPage`. */
export function usePages<Def extends RouteDef>(
  route: Def,
  input?: InputOf<Def>,
): Omit<UseInfiniteQueryResult, 'data'> & { readonly items: readonly ItemOf<Def>[] } {
  const { data, ...rest } = useInfiniteQuery({
    queryKey: [...queryKeyOf(route, input), 'pages'],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ signal, pageParam }) => {
      const given: { readonly query?: Record<string, unknown> | undefined } = input ?? {};
      const paged = { ...given, query: { ...given.query, cursor: pageParam } } as unknown as InputOf<Def>;
      return (await call(route, ...argumentsOf<Def>(paged, signal))) as Page<ItemOf<Def>>;
    },
    getNextPageParam: (last) => last.next ?? undefined,
    select: ({ pages }) => pages.flatMap((page) => page.items),
  });
  return { ...rest, items: data ?? noItems } as ReturnType<typeof usePages<Def>>;
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}
type ItemOf<Def extends RouteDef> = RouteOutput<Def> extends { items: readonly (infer Item)[] } ? Item : never;
const noItems: readonly never[] = [];

/** What a change makes stale; by default everything of the same study, or of the workspace. */
export interface ChangeOptions {
  readonly touches?: readonly RouteId[];
}

/** A call that changes something: `const save = useChange(contract.createStudy); save.mutate({ body })`. */
export function useChange<Def extends RouteDef>(
  route: Def,
  { touches }: ChangeOptions = {},
): UseMutationResult<CallResult<Def>, Error, InputOf<Def>> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: InputOf<Def>) => call(route, ...argumentsOf<Def>(input)),
    onSuccess: (_, input) => {
      const scope = scopeOf((input as { readonly params?: unknown } | undefined)?.params);
      void queries.invalidateQueries({ predicate: ({ queryKey }) => isTouched(queryKey, scope, touches) });
    },
  });
}
