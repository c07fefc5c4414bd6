/** How a route is done: what a handler is given, and what it gives back. */
import type { SignedIn } from '../accounts/signed-in.ts';
import type { Access, Contract, FileResponse, RouteDef, RouteInput, RouteOutput } from '../contract/index.ts';
import type { Server } from '../server.ts';

/** One call of a route that is allowed. */
export interface Call<Def extends RouteDef> extends RouteInput<Def> {
  readonly server: Server;
  /** Who calls; `undefined` only on public routes. */
  readonly who: Who<Def['access']>;
  /** When the call came (ISO 8601). */
  readonly at: string;
  /** The revision that the caller means to change; there on routes with `locking`. */
  readonly ifMatch: Def['locking'] extends true ? string : undefined;
  /** The token of the session that the call came with. */
  readonly token: string | undefined;
  /** Whom the call comes from, for the rate limit: the address of the client. */
  readonly address: string;
  /** Gives the browser a session, or takes it away. */
  setSession(token: string | undefined): void;
}

type Who<Given extends Access> = Given extends 'public' ? SignedIn | undefined : SignedIn;

/** JSON with the revision that it stands at. */
export interface Revised<Body> {
  readonly revision: string;
  readonly body: Body;
}

/** A file to be saved or shown. */
export interface FileAnswer {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array | string;
}

/** What a handler gives back: the JSON of the route, with its revision where the route is locked, or a file. */
export type Answer<Def extends RouteDef> = Def['response'] extends FileResponse
  ? FileAnswer
  : Def['locking'] extends true
    ? Revised<RouteOutput<Def>>
    : RouteOutput<Def>;

export type Handler<Def extends RouteDef> = (call: Call<Def>) => Promise<Answer<Def>> | Answer<Def>;

/** The handlers of some routes: `const studyHandlers = { studies, study } satisfies Handlers<'studies' | 'study'>`. */
export type Handlers<Ids extends keyof Contract = keyof Contract> = { readonly [Id in Ids]: Handler<Contract[Id]> };
