/** A workspace served with the built web app, to somebody who is signed in. */
import pino from 'pino';
import type { Page } from 'playwright-core';
import { openAccounts } from '../../src/server/accounts/open-accounts.ts';
import { hashPassword, keepPasswordHash } from '../../src/server/accounts/passwords.ts';
import { addPerson } from '../../src/server/accounts/people.ts';
import { grantRole, type Role } from '../../src/server/accounts/roles.ts';
import { serve } from '../../src/server/serve.ts';
import type { Workspace } from '../../src/workspace/index.ts';
import { builtWeb } from './built-web.ts';

const PASSWORD = 'a password of the test';
const BY = { actor: 'test', at: '2026-01-01T00:00:00Z' };

/** Serves it at a free port; each of `people` (by login) has the roles. */
export async function servedWorkspace(
  workspace: Workspace,
  people: Readonly<Record<string, readonly Role[]>>,
): Promise<{ readonly url: string } & AsyncDisposable> {
  const accounts = openAccounts(workspace);
  const hash = await hashPassword(PASSWORD);
  for (const [login, roles] of Object.entries(people)) {
    const id = addPerson(accounts.database, { login, name: login }, BY);
    keepPasswordHash(accounts.database, id, hash, BY.at);
    for (const role of roles) grantRole(accounts, id, role, BY);
  }
  accounts.close();
  const serving = await serve({ workspace, port: 0, webRoot: await builtWeb(), log: pino({ enabled: false }) });
  return { url: serving.url, [Symbol.asyncDispose]: () => serving.close() };
}

/** Signs somebody in, so that the next address that the page goes to is shown to them. */
export async function signIn(page: Page, url: string, login: string): Promise<void> {
  const { origin } = new URL(url);
  const answer = await page.request.post(`${origin}/api/v1/session`, {
    headers: { Origin: origin },
    data: { login, password: PASSWORD },
  });
  if (!answer.ok()) throw new Error(`Nobody is signed in: ${answer.status()}`);
}
