/** A server of `bench/server.ts` in a process of its own: the workbench over a workspace, or a bare Hono that answers kept bytes. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { serve as listen } from '@hono/node-server';
import { Hono } from 'hono';
import pino from 'pino';
import { beginSession } from '../src/server/accounts/sessions.ts';
import { invite, openAccounts, type StudyRole, serve } from '../src/server/index.ts';
import { openWorkspace } from '../src/workspace/index.ts';

/** Who calls: the cookie and the token against forgery of a session. */
export interface Session {
  readonly cookie: string;
  readonly csrf: string;
}

/** Where a server listens, and the sessions that it has. */
export interface Started {
  readonly url: string;
  readonly sessions: readonly Session[];
}

const ROLES: readonly StudyRole[] = ['owner', 'abstractor', 'adjudicator'];

const [kind = '', dir = '', people = '1', ...studies] = process.argv.slice(2);
process.send?.(kind === 'bare' ? await bare(dir) : await workbench());
process.on('disconnect', () => process.exit());

/** Each file of a folder at `/NAME`, from memory. */
async function bare(folder: string): Promise<Started> {
  const app = new Hono();
  const kept = new Map<string, string>();
  app.all('/:name', (context) => {
    const name = context.req.param('name');
    const bytes = kept.get(name) ?? readFileSync(`${folder}/${name}`, 'utf8');
    kept.set(name, bytes);
    return context.body(bytes, 200, { 'Content-Type': 'application/json' });
  });
  const http = listen({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  await new Promise((done) => http.once('listening', done));
  return { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, sessions: [] };
}

/** The workbench as it is served, with so many people who may do everything in the studies. */
async function workbench(): Promise<Started> {
  const workspace = openWorkspace(dir);
  const at = new Date().toISOString();
  const accounts = openAccounts(workspace);
  const sessions = Array.from({ length: Number(people) }, (_, number) => {
    const login = `reader-${process.pid}-${number}`;
    const roles = studies.flatMap((study) => ROLES.map((role) => ({ role, study })));
    const { id } = invite(accounts, { login, name: login, roles }, { actor: 'bench', at });
    const token = beginSession(accounts, id, at, undefined);
    return { cookie: `chartproof=${token}`, csrf: accounts.signedIn(token, at)?.csrf ?? '' };
  });
  accounts.close();
  // The log is written as in use, but to nowhere.
  const log = pino({}, pino.destination('/dev/null'));
  // Of the web app a page is enough.
  const webRoot = join(dir, 'bench');
  writeFileSync(join(webRoot, 'index.html'), '<!doctype html>');
  const { url } = await serve({ workspace, port: 0, log, webRoot });
  return { url, sessions };
}
