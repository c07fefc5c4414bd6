/** A study on a real server with people who have accounts, for tests of the pages on which charts are read. */
import type { Browser, Page } from 'playwright-core';
import { psoriasisProtocol } from '../../src/review/psoriasis-protocol.test-support.ts';
import { type PsoriasisStudy, psoriasisStudy } from '../../src/review/psoriasis-study.test-support.ts';
import { invite, makeSetUpLink, openAccounts, type Role, redeemLink, type Serving } from '../../src/server/index.ts';
import { serving } from '../../src/server/serving.test-support.ts';
import { builtWeb } from './built-web.ts';
import { openPage, type WatchedPage } from './watched-page.ts';

const PASSWORD = 'correct horse battery';

/** Words to look for, so that fields have sentences to propose. */
const protocol = psoriasisProtocol
  .replace('concepts:\n', 'concepts:\n  scales: { label: Scales, terms: [{ text: scaly }] }\n')
  .replace(
    'codes: [{ system: ICD10CM, code: "L40" }] }',
    'codes: [{ system: ICD10CM, code: "L40" }], terms: [{ text: psoriasis }] }',
  )
  .replace(
    '        label: Severity\n',
    '        label: Severity\n        guidance: Of the first visit.\n        terms: psoriasis\n',
  );

export interface ReviewedStudy extends AsyncDisposable {
  readonly of: PsoriasisStudy;
  readonly study: string;
  /** Signs somebody in, in a browser of their own, at a page of the study. */
  openAs(browser: Browser, login: string, path: string): Promise<WatchedPage>;
}

/** Serves the study; `people` are logins with their roles in it. Nobody has said anything yet. */
export async function reviewedStudy(
  people: Readonly<Record<string, 'abstractor' | 'adjudicator' | 'owner'>>,
): Promise<ReviewedStudy> {
  const of = await psoriasisStudy({ protocol });
  const study = of.review.protocol.id;
  const accounts = openAccounts(of.workspace);
  const at = new Date().toISOString();
  const redeem = (path: string, login: string) =>
    redeemLink(
      accounts,
      { token: path.split('#')[1] ?? '', login, name: login, password: PASSWORD },
      { address: '', at },
    );
  await redeem(makeSetUpLink(accounts, at)?.path ?? '', 'root');
  for (const [login, role] of Object.entries(people)) {
    const roles: Role[] = [{ role, study }];
    await redeem(invite(accounts, { login, name: login, roles }, { actor: 'root', at }).link.path, login);
  }
  accounts.close();
  const served: Serving = await serving(of.workspace, { webRoot: await builtWeb() });
  return {
    of,
    study,
    async openAs(browser, login, path) {
      const opened = await openPage(browser, served.url);
      await opened.page.goto(`/studies/${study}/${path}`);
      await signIn(opened.page, login);
      return opened;
    },
    async [Symbol.asyncDispose]() {
      await served.close();
      of[Symbol.dispose]();
    },
  };
}

async function signIn(page: Page, login: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Name to sign in with' }).fill(login);
  await page.getByLabel(/^Password/).fill(PASSWORD);
  await page.keyboard.press('Enter');
}
