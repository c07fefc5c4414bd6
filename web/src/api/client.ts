/**
 * Calls the routes of the contract, typed by them:
 *
 *     const overview = await call(contract.study, { params: { study } });
 *     const { body, revision } = await call(contract.saveEntry, { params, body, ifMatch });   // where the route is locking
 *
 * Throws `ApiProblem`; a call that its `signal` ended throws the `AbortError` of the platform.
 */
import type { FileResponse, RouteCall, RouteDef, RouteOutput } from '../../../src/server/contract/index.ts';
import { addressOf } from './address.ts';
import { ApiProblem, problemOf, unreachable } from './api-problem.ts';

/** A file that a route answered with. */
export interface ReceivedFile {
  readonly name: string;
  readonly blob: Blob;
}

/** What a call gives: the JSON of the route, with its revision where the route is locking, or a file. */
export type CallResult<Def extends RouteDef> = Def['response'] extends FileResponse
  ? ReceivedFile
  : Def['locking'] extends true
    ? { readonly body: RouteOutput<Def>; readonly revision: string }
    : RouteOutput<Def>;

/** What a call is given: what the route says, the revision that it changes where it is locking, and a signal to end it. */
export type CallInput<Def extends RouteDef> = RouteCall<Def> &
  (Def['locking'] extends true ? { readonly ifMatch: string } : Record<never, never>) & {
    readonly signal?: AbortSignal | undefined;
  };

/** The input may be left out where nothing in it is needed. */
export type CallArguments<Def extends RouteDef> =
  Record<never, never> extends CallInput<Def> ? [input?: CallInput<Def>] : [input: CallInput<Def>];

export type Call = <Def extends RouteDef>(route: Def, ...input: CallArguments<Def>) => Promise<CallResult<Def>>;

/** On what a client works. */
export interface ClientOptions {
  readonly fetch: typeof globalThis.fetch;
  /** The token of the session, which shows that the call comes from our own page. */
  readonly csrf: () => string | undefined;
  /** Told when the server says that nobody is signed in any more. */
  readonly onSignedOut: () => void;
}

/** What may be in an input, whatever the route. */
interface AnyInput {
  readonly params?: Record<string, unknown> | undefined;
  readonly query?: Record<string, unknown> | undefined;
  readonly body?: unknown;
  readonly ifMatch?: string;
  readonly signal?: AbortSignal | undefined;
}

/** A client of the API. */
export function createClient({ fetch, csrf, onSignedOut }: ClientOptions): Call {
  return async (route, ...[input]) => {
    const { params, query, body, ifMatch, signal }: AnyInput = input ?? {};
    const headers = new Headers({ Accept: 'application/json, */*' });
    const token = csrf();
    if (token && route.method !== 'get') headers.set('X-CSRF-Token', token);
    if (body !== undefined) headers.set('Content-Type', 'application/json');
    if (ifMatch !== undefined) headers.set('If-Match', `"${ifMatch}"`);
    const answer = await fetch(addressOf(route, params, query), {
      method: route.method.toUpperCase(),
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    }).catch((cause: unknown) => {
      throw signal?.aborted ? cause : unreachable(cause);
    });
    if (!answer.ok) {
      if (answer.status === 401 && route.access !== 'public') onSignedOut();
      throw await problemOf(answer);
    }
    return (await read(route, answer)) as CallResult<typeof route>;
  };
}

async function read(route: RouteDef, answer: Response): Promise<unknown> {
  if (!route.response) return undefined;
  if ('file' in route.response) return { name: nameOf(answer), blob: await answer.blob() } satisfies ReceivedFile;
  const body: unknown = await answer.json().catch((cause: unknown) => {
    throw unreachable(cause);
  });
  return route.locking ? { body, revision: revisionOf(answer) } : body;
}

/** The revision that an `ETag` names. */
function revisionOf(answer: Response): string {
  const tag = /^(?:W\/)?"(.*)"$/.exec(answer.headers.get('ETag') ?? '')?.[1];
  if (tag !== undefined) return tag;
  throw new ApiProblem({
    code: 'client.no-revision',
    status: answer.status,
    title: 'The server did not say at which revision the record stands.',
    tip: 'Load the page again before you go on.',
  });
}

/** The name that the server gives a file: RFC 6266, where the encoded one comes first. */
function nameOf(answer: Response): string {
  const header = answer.headers.get('Content-Disposition') ?? '';
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(header)?.[1];
  if (encoded) return decodeURIComponent(encoded);
  return /filename="((?:[^"\\]|\\.)*)"/i.exec(header)?.[1]?.replaceAll(/\\(.)/g, '$1') ?? 'chartproof';
}
