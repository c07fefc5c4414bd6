/** Starting the server: where it listens, by which way browsers come, and how it ends. Rule R24 of SPEC.md. */
import { readFileSync } from 'node:fs';
import { createServer as createPlainServer, type Server as HttpServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import type { Logger } from 'pino';
import { RSession } from '../analysis/index.ts';
import { ChartproofError } from '../base/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { makeSetUpLink } from './accounts/links.ts';
import { openAccounts } from './accounts/open-accounts.ts';
import { type AppOptions, createApp } from './http/app.ts';
import { openLog } from './http/log.ts';
import { type OpenIdOptions, openIdRoutes } from './http/openid.ts';
import { createJobs } from './jobs/jobs.ts';
import { openStudies } from './open-studies.ts';

export interface ServeOptions {
  readonly workspace: Workspace;
  /** Defaults to 127.0.0.1; another address needs TLS or a proxy. */
  readonly host?: string | undefined;
  /** 0: any that is free. */
  readonly port: number;
  /** PEM files. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
  /** A proxy with TLS stands before us, and says whom a call comes from. */
  readonly behindProxy?: boolean | undefined;
  /** Where browsers reach us, if not at the Host that they ask for. */
  readonly publicUrl?: string | undefined;
  readonly idleMinutes?: number | undefined;
  readonly sessionHours?: number | undefined;
  readonly openId?: OpenIdOptions | undefined;
  /** The folder of the built web app; defaults to where `npm run build:web` puts it. */
  readonly webRoot?: string | undefined;
  /** Defaults to one on standard error. */
  readonly log?: Logger | undefined;
}

/** A server that listens. */
export interface Serving {
  readonly url: string;
  /** Where it listens, which may differ from where browsers reach it. */
  readonly port: number;
  /** Where the first account is made, while there is none. */
  readonly setUpLink: string | undefined;
  /** Ends calls that were begun, for at most ten seconds, then everything. */
  close(): Promise<void>;
}

const LOOPBACK: readonly string[] = ['127.0.0.1', 'localhost', '::1'];
const LAST_CALLS_MS = 10_000;

/**
 * Starts the server. Errors: `server.needs-tls`, `server.tls-files`, `server.port`, `server.no-web`,
 * `server.openid-issuer` and those of `openAccounts`.
 */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { workspace, host = LOOPBACK[0] ?? '', behindProxy = false, openId, publicUrl } = options;
  if (!LOOPBACK.includes(host) && !options.tls && !behindProxy) throw needsTls();
  const isTls = options.tls !== undefined || behindProxy;
  const listener = listenerOf(options.tls);
  const log = options.log ?? openLog();
  const accounts = openAccounts(workspace, settingsOf(options));
  const studies = openStudies(workspace);
  const r = new RSession();
  const closeAll = async (): Promise<void> => {
    studies.close();
    accounts.close();
    await r.close();
  };
  try {
    const server = { workspace, accounts, studies, jobs: createJobs(log), r, log };
    const appOptions: AppOptions = {
      webRoot: options.webRoot ?? join(import.meta.dirname, '../../web/dist'),
      isTls,
      behindProxy,
      ...(publicUrl === undefined ? {} : { publicUrl }),
    };
    const app = createApp(server, appOptions);
    if (openId) openIdRoutes(app, server, openId, appOptions);
    const http = listener((request, env) => app.fetch(request, env));
    const port = await listen(http, options.port, host);
    const url = publicUrl?.replace(/\/$/, '') ?? `${isTls ? 'https' : 'http'}://${inUrl(host)}:${port}`;
    const link = makeSetUpLink(accounts, new Date().toISOString());
    return { url, port, setUpLink: link && url + link.path, close: () => end(http).then(closeAll) };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

function settingsOf({ idleMinutes, sessionHours, openId }: ServeOptions) {
  return {
    ...(idleMinutes === undefined ? {} : { idleMinutes }),
    ...(sessionHours === undefined ? {} : { sessionHours }),
    ...(openId ? { openId: { label: openId.label } } : {}),
  };
}

type Fetch = Parameters<typeof createAdaptorServer>[0]['fetch'];

/** Reads the files of TLS before anything is opened. */
function listenerOf(tls: ServeOptions['tls']): (fetch: Fetch) => HttpServer {
  if (!tls) return (fetch) => createAdaptorServer({ fetch, createServer: createPlainServer }) as HttpServer;
  try {
    const serverOptions = { cert: readFileSync(tls.cert), key: readFileSync(tls.key) };
    createTlsServer(serverOptions); // throws where they are no certificate and its key
    return (fetch) => createAdaptorServer({ fetch, createServer: createTlsServer, serverOptions }) as HttpServer;
  } catch (cause) {
    throw new ChartproofError('server.tls-files', 'The certificate and its key cannot be read.', {
      tip: 'Give PEM files that belong together with --tls-cert and --tls-key.',
      cause,
    });
  }
}

function listen(http: HttpServer, port: number, host: string): Promise<number> {
  return new Promise((listening, failed) => {
    http.once('error', (cause) => {
      const message = 'The server cannot listen at this address and port.';
      const tip = 'Another program may have it: choose another with --port.';
      failed(new ChartproofError('server.port', message, { tip, cause }));
    });
    http.listen(port, host, () => listening((http.address() as AddressInfo).port));
  });
}

function end(http: HttpServer): Promise<void> {
  return new Promise((ended) => {
    // A browser keeps its connection for the next call when the last one is answered.
    const idle = setInterval(() => http.closeIdleConnections(), 50);
    const last = setTimeout(() => http.closeAllConnections(), LAST_CALLS_MS);
    http.close(() => {
      clearInterval(idle);
      clearTimeout(last);
      ended();
    });
  });
}

function inUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function needsTls(): ChartproofError {
  return new ChartproofError('server.needs-tls', 'Without TLS the server listens on this machine only.', {
    tip: 'Give --tls-cert and --tls-key, or --behind-proxy where a proxy with TLS stands before it.',
  });
}
