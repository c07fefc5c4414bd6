/** The psoriasis study on a server with accounts, for pages that are tried on what the server really says. */
import type { Browser } from 'playwright-core';
import {
  type PsoriasisOptions,
  type PsoriasisStudy,
  psoriasisStudy,
} from '../../src/review/psoriasis-study.test-support.ts';
import { PASSWORD, tokenOf } from '../../src/server/accounts/accounts.test-support.ts';
import { makeSetUpLink } from '../../src/server/accounts/links.ts';
import { openAccounts } from '../../src/server/accounts/open-accounts.ts';
import { invite } from '../../src/server/accounts/people.ts';
import type { Role } from '../../src/server/accounts/roles.ts';
import { redeemLink } from '../../src/server/accounts/signing-in.ts';
import type { Serving } from '../../src/server/index.ts';
import { serving } from '../../src/server/serving.test-support.ts';
import { builtWeb } from './built-web.ts';
import { openPage, type WatchedPage } from './watched-page.ts';

export interface WorkspaceWithAccounts extends AsyncDisposable {
  readonly of: PsoriasisStudy;
  readonly study: string;
  readonly served: Serving;
  /** A page of somebody who has signed in at this address. */
  pageOf(browser: Browser, login: string, path: string): Promise<WatchedPage>;
}

/** `root` runs the workspace; the others have the roles that are given by login. */
export async function workspaceWithAccounts(
  people: (study: string) => Readonly<Record<string, readonly Role[]>>,
  options: PsoriasisOptions = {},
): Promise<WorkspaceWithAccounts> {
  const of = await psoriasisStudy(options);
  const study = of.review.protocol.id;
  const accounts = openAccounts(of.workspace);
  const at = new Date().toISOString();
  const redeem = (token: string, login: string) =>
    redeemLink(accounts, { token, login, name: nameOf(login), password: PASSWORD }, { address: '127.0.0.1', at });
  await redeem(tokenOf(makeSetUpLink(accounts, at)), 'root');
  for (const [login, roles] of Object.entries(people(study))) {
    const { link } = invite(accounts, { login, name: nameOf(login), roles: [...roles] }, { actor: 'root', at });
    await redeem(tokenOf(link), login);
  }
  accounts.close();
  const served = await serving(of.workspace, { webRoot: await builtWeb() });
  return {
    of,
    study,
    served,
    async pageOf(browser, login, path) {
      const opened = await openPage(browser, served.url);
      await opened.page.goto(path);
      await opened.page.getByRole('textbox', { name: 'Name to sign in with' }).fill(login);
      await opened.page.getByLabel(/^Password/).fill(PASSWORD);
      await opened.page.keyboard.press('Enter');
      await opened.page.getByRole('button', { name: nameOf(login) }).waitFor();
      return opened;
    },
    async [Symbol.asyncDispose]() {
      await served.close();
      of[Symbol.dispose]();
    },
  };
}

/** `Olga X` of `olga`. */
function nameOf(login: string): string {
  return `${login.charAt(0).toUpperCase()}${login.slice(1)} X`;
}
