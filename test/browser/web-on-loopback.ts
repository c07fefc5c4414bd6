import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import pino from 'pino';
import type { Page } from 'playwright-core';
import type { RouteId, RouteOutput } from '../../src/server/contract/index.ts';
import { type Contract, contract } from '../../src/server/contract/index.ts';
import { createApp } from '../../src/server/http/app.ts';
import type { Server } from '../../src/server/index.ts';
import { builtWeb } from './built-web.ts';

/** What a test lets the interface answer: JSON, or a problem's status and code. */
export type Answers = {
  readonly [Id in RouteId]?: RouteOutput<Contract[Id]> | { readonly problem: readonly [status: number, code: string] };
};

/** The built web app with the headers of the real one, and no workspace behind it: for states of pages that a real one has seldom. */
export async function webOnLoopback(): Promise<{ readonly url: string } & AsyncDisposable> {
  const accounts = { signedIn: () => undefined, close() {} };
  const server = { accounts, log: pino({ enabled: false }) } as unknown as Server;
  const app = createApp(server, { isTls: false, behindProxy: false, webRoot: await builtWeb() });
  const listening = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  await new Promise((done) => listening.once('listening', done));
  return {
    url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: () => new Promise((done) => listening.close(() => done())),
  };
}

/** Lets the page's calls be answered so; what is not named here goes to the server. Named again, the later counts. */
export async function answerWith(page: Page, answers: Answers): Promise<void> {
  await page.route('**/api/v1/**', (call) => {
    const method = call.request().method().toLowerCase();
    const { pathname } = new URL(call.request().url());
    const route = Object.values(contract).find(
      ({ method: ofRoute, path }) =>
        ofRoute === method && new RegExp(`^/api/v1${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(pathname),
    );
    if (!route || !(route.id in answers)) return call.fallback();
    const answer = answers[route.id];
    if (answer === undefined) return call.fulfill({ status: 204 });
    // A job that failed has a problem of its own.
    if (!('problem' in answer && 'length' in answer.problem)) return call.fulfill({ json: answer });
    const [status, code] = answer.problem;
    const json = {
      type: `urn:chartproof:problem:${code}`,
      title: `The problem ${code}.`,
      status,
      code,
      tip: 'What to do about it.',
    };
    return call.fulfill({ status, json, contentType: 'application/problem+json' });
  });
}
