/**
 * The app: what every call goes through before its route. In this order: request id and log line, security headers, the Host,
 * whom the call comes from, the Origin of calls that change something, who is signed in, the route.
 */
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { requestId } from 'hono/request-id';
import { secureHeaders } from 'hono/secure-headers';
import { ChartproofError } from '../../base/index.ts';
import { handlers } from '../handlers.ts';
import type { Server } from '../server.ts';
import { clearSession, sessionToken, setSession } from './cookies.ts';
import { type AppEnv, implement } from './implement.ts';
import { ownOrigin } from './origin.ts';
import { problemOf } from './problems.ts';
import { serveWeb } from './serve-web.ts';

export interface AppOptions {
  /** The folder of the built web app; absent: the interface alone. */
  readonly webRoot?: string;
  /** Whether browsers reach it by TLS, by a proxy or its own. */
  readonly isTls: boolean;
  /** Whether a proxy that we trust says whom a call comes from. */
  readonly behindProxy: boolean;
  /** Where browsers reach it, where that is not the Host that they ask for: `https://chartproof.example.org`. */
  readonly publicUrl?: string;
}

const MAX_BODY_BYTES = 5_000_000;

/** The app of a workspace. It keeps nothing of its own: close what is in `server`. */
export function createApp(server: Server, options: AppOptions): OpenAPIHono<AppEnv> {
  const app = new OpenAPIHono<AppEnv>();
  // Of our own making: what a caller calls it by would come into the log.
  app.use(requestId({ headerName: '' }));
  app.use(async (context, next) => {
    const begun = performance.now();
    await next();
    const ms = Math.round(performance.now() - begun);
    // The name of the route and not the URL, which names a study and a subject.
    const [id, route] = [context.get('requestId'), context.get('route')];
    server.log.info({ id, method: context.req.method, route, status: context.res.status, ms });
  });
  app.use(securityHeaders(options));
  app.use(async (context, next) => {
    requireOwnHost(context, options);
    await next();
  });
  app.use('/api/*', bodyLimit({ maxSize: MAX_BODY_BYTES, onError: () => refuse(tooLarge()) }));
  app.use('/api/*', async (context, next) => {
    context.header('Cache-Control', 'no-store');
    requireSameOrigin(context, options);
    const token = sessionToken(context, options.isTls);
    const at = new Date().toISOString();
    context.set('frame', {
      token,
      at,
      address: addressOf(context, options),
      signedIn: token === undefined ? undefined : server.accounts.signedIn(token, at),
      setSession: (next) =>
        next === undefined ? clearSession(context, options.isTls) : setSession(context, options.isTls, next),
    });
    await next();
  });
  implement(app, server, handlers);
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'chartproof',
  });
  app.doc31('/api/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Chartproof', version: '1', description: 'From chart to published number, with proof.' },
  });
  app.all('/api/*', () => refuse(new ChartproofError('server.not-found', 'The interface has nothing here.')));
  if (options.webRoot !== undefined) serveWeb(app, options.webRoot);
  // Not thrown: that would pass by the security headers.
  app.notFound((context) => toProblem(new ChartproofError('server.not-found', 'There is nothing here.'), context));
  app.onError((error, context) => {
    if (!(error instanceof ChartproofError)) server.log.error({ id: context.get('requestId'), fault: faultOf(error) });
    return toProblem(error, context);
  });
  return app;
}

function toProblem(error: unknown, context: Context): Response {
  const problem = problemOf(error);
  const headers = new Headers(context.res.headers);
  headers.set('Content-Type', 'application/problem+json');
  if (error instanceof ChartproofError && 'retryAfter' in error) headers.set('Retry-After', String(error.retryAfter));
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}

function refuse(error: ChartproofError): never {
  throw error;
}

function tooLarge(): ChartproofError {
  return new ChartproofError('server.too-large', 'What was sent is too large.', { tip: 'At most 5 MB.' });
}

/** The kind of the error and the program's own line: a message may quote a chart. */
function faultOf(error: unknown): string {
  const where = error instanceof Error ? /([\w-]+\.[jt]s:\d+)/.exec(error.stack ?? '')?.[1] : undefined;
  return `${error instanceof Error ? error.name : typeof error}${where ? ` at ${where}` : ''}`;
}

/** No script but our own files; no frame; nothing of elsewhere. Mantine sets style attributes, which scripts cannot be. */
function securityHeaders({ isTls }: AppOptions) {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    xFrameOptions: 'DENY',
    referrerPolicy: 'no-referrer',
    strictTransportSecurity: isTls ? 'max-age=31536000' : false,
    crossOriginOpenerPolicy: 'same-origin',
    crossOriginResourcePolicy: 'same-origin',
  });
}

/** Without TLS a page of elsewhere could have its name point to this machine; then the Host is its name. */
function requireOwnHost(context: Context, { isTls, publicUrl }: AppOptions): void {
  if (isTls || publicUrl !== undefined || LOOPBACK.has(new URL(context.req.url).hostname)) return;
  throw new ChartproofError('server.other-host', 'This is not a name of this server.', {
    tip: 'Ask for it by the address that it printed when it started.',
  });
}

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** A call that changes something comes from our own page: browsers say where from, and no other page can say it for them. */
function requireSameOrigin(context: Context, options: AppOptions): void {
  if (context.req.method === 'GET' || context.req.method === 'HEAD') return;
  if (context.req.header('origin') === ownOrigin(context, options)) return;
  throw new ChartproofError('server.other-origin', 'The call comes from another page than ours.', {
    tip: 'Send Origin, as browsers do. Behind a proxy: start with --public-url.',
  });
}

function addressOf(context: Context, { behindProxy }: AppOptions): string {
  const told = behindProxy ? context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  const { incoming } = (context.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } };
  return told ?? incoming?.socket?.remoteAddress ?? 'unknown';
}
