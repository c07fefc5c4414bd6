/** From a route and its handler to what answers it. What every call goes through, in this order, stands in `answer`. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { z } from 'zod';
import { ChartproofError } from '../../base/index.ts';
import type { SignedIn } from '../accounts/signed-in.ts';
import { contract, problemSchema, type RouteDef } from '../contract/index.ts';
import { decide } from '../permissions.ts';
import type { Server } from '../server.ts';
import type { FileAnswer, Handlers, Revised } from './handler.ts';
import { badRequest } from './problems.ts';

/** What of a call is found before its route: who calls, and how the answer sets a session. */
export interface CallFrame {
  readonly signedIn: SignedIn | undefined;
  readonly token: string | undefined;
  readonly address: string;
  readonly at: string;
  setSession(token: string | undefined): void;
}

/** What stands with a call: `route` is the id of the route that answers it, once it is found. */
export type AppEnv = { Variables: { frame: CallFrame; route?: string; requestId: string } };

/** Puts every route of the contract into the app. */
export function implement(app: OpenAPIHono<AppEnv>, server: Server, handlers: Handlers): void {
  for (const def of Object.values(contract) as readonly RouteDef[]) {
    const handler = handlers[def.id as keyof Handlers] as unknown as AnyHandler;
    app.openAPIRegistry.registerPath(described(def));
    app.on(def.method.toUpperCase(), `/api/v1${pathOf(def)}`, (context) => answer(context, server, def, handler));
  }
}

/** A handler as the machine sees it: the contract has checked its types. */
type AnyHandler = (call: Readonly<Record<string, unknown>>) => Promise<unknown> | unknown;

async function answer(context: Context<AppEnv>, server: Server, def: RouteDef, handler: AnyHandler): Promise<Response> {
  context.set('route', def.id);
  const { signedIn, ...frame } = context.get('frame');
  requireAllowed(def, signedIn, context.req.param('study'));
  if (def.method !== 'get' && signedIn) requireCsrf(context, signedIn);
  const call = {
    ...frame,
    server,
    who: signedIn,
    ifMatch: def.locking ? revisionOf(context) : undefined,
    params: parsed('path', def.params, context.req.param()),
    query: parsed('query', def.query, context.req.query()),
    body: await bodyOf(context, def),
  };
  return toResponse(context, def, await handler(call));
}

function requireAllowed({ access }: RouteDef, who: SignedIn | undefined, study: string | undefined): void {
  const verdict = decide(access, who?.roles, study);
  if (verdict === 'allowed') return;
  if (verdict === 'sign-in')
    throw new ChartproofError('server.sign-in', 'Nobody is signed in.', { tip: 'Sign in, then try again.' });
  if (verdict === 'unknown') {
    throw new ChartproofError('protocol.no-study', 'There is no such study, or you have no part in it.', {
      tip: 'Whoever owns the study can give you a role in it.',
    });
  }
  throw new ChartproofError('server.forbidden', 'Your roles do not allow this.', {
    tip: 'Whoever owns the study, or an administrator, can give you the role.',
  });
}

function requireCsrf(context: Context, { csrf }: SignedIn): void {
  if (context.req.header('x-csrf-token') === csrf) return;
  throw new ChartproofError('server.csrf', 'The call does not come from the page that you signed in with.', {
    tip: 'Load the page again.',
  });
}

function revisionOf(context: Context): string {
  const given = /^"([^"]{1,200})"$/.exec(context.req.header('if-match') ?? '')?.[1];
  if (given !== undefined) return given;
  throw new ChartproofError('server.revision-needed', 'The call does not say which revision it changes.', {
    tip: 'Send the ETag that you were given as If-Match.',
  });
}

async function bodyOf(context: Context, def: RouteDef): Promise<unknown> {
  if (!def.body) return undefined;
  if (!/^application\/json\s*(?:;|$)/i.test(context.req.header('content-type') ?? ''))
    throw new ChartproofError('server.media-type', 'The call must send JSON.', {
      tip: 'Content-Type: application/json',
    });
  const text = await context.req.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ChartproofError('server.bad-request', 'What was sent is not JSON.');
  }
  return parsed('body', def.body, json);
}

function parsed(part: string, schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw badRequest(part, result.error);
}

function toResponse(context: Context, { response, locking }: RouteDef, given: unknown): Response {
  if (response === undefined) return context.body(null, 204);
  if (isFile(response)) return fileResponse(context, given as FileAnswer);
  const { body, revision } = locking ? (given as Revised<unknown>) : { body: given, revision: undefined };
  if (revision !== undefined) context.header('ETag', `"${revision}"`);
  return context.json(body as object);
}

function fileResponse(context: Context, { name, mediaType, bytes }: FileAnswer): Response {
  context.header('Content-Type', mediaType);
  context.header('Content-Disposition', `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}"`);
  return context.body(typeof bytes === 'string' ? bytes : new Uint8Array(bytes));
}

function isFile(response: RouteDef['response']): response is { readonly file: readonly string[] } {
  return response !== undefined && 'file' in response;
}

function pathOf({ path }: RouteDef): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

/** The route as OpenAPI has it. */
function described(def: RouteDef) {
  const { response } = def;
  const problem = { content: { 'application/problem+json': { schema: problemSchema } }, description: 'A problem' };
  const done =
    response === undefined
      ? { 204: { description: 'Done' } }
      : {
          200: {
            description: 'Done',
            content: isFile(response)
              ? Object.fromEntries(response.file.map((type) => [type, { schema: z.string() }]))
              : { 'application/json': { schema: response } },
          },
        };
  return createRoute({
    operationId: def.id,
    method: def.method,
    path: `/api/v1${def.path}`,
    summary: def.summary,
    ...(def.access === 'public' ? {} : { security: [{ session: [] }] }),
    request: {
      ...(def.params ? { params: def.params } : {}),
      ...(def.query ? { query: def.query } : {}),
      ...(def.locking ? { headers: z.object({ 'If-Match': z.string() }) } : {}),
      ...(def.body ? { body: { required: true, content: { 'application/json': { schema: def.body } } } } : {}),
    },
    responses: { ...done, default: problem },
  });
}
