import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SessionView, studyPermissions } from '../../src/server/contract/index.ts';
import { overflowOf, screenshot, violationsOf } from './both-themes.ts';
import { startChromium } from './chromium.ts';
import { openPage } from './watched-page.ts';
import { type Answers, answerWith, webOnLoopback } from './web-on-loopback.ts';

const nobody: SessionView = {
  person: null,
  workspaceRoles: [],
  permissions: [],
  studies: [],
  csrf: 'a-token',
  idleMinutes: 30,
  endsAt: null,
  signIn: { local: true, openId: { label: 'Sign in with the clinic' }, needsSetUp: false },
};
const owner: SessionView = {
  ...nobody,
  person: { id: 'p1', login: 'olga', name: 'Olga Owner' },
  workspaceRoles: ['steward'],
  permissions: ['study.create'],
  studies: [{ study: 'a-study', roles: ['owner'], permissions: [...studyPermissions] }],
};
const stage = (done: number, open: number, mine: number) => ({ done, open, mine: { done: 2, open: mine } });
const answers = {
  session: owner,
  studies: { items: [{ study: 'a-study', title: 'A study of charts', version: '1.2.0', roles: ['owner'] }] },
  study: {
    study: 'a-study',
    title: 'A study of charts',
    version: '1.2.0',
    roles: ['owner'],
    cohort: { identifiedAt: '2026-03-01T10:00:00Z', snapshot: 's1', candidates: 120, isStale: true },
    stages: { screening: stage(80, 40, 12), abstraction: stage(10, 60, 0), adjudication: stage(0, 0, 0) },
    people: [
      { name: 'Anna Abstractor', screened: 80, abstracted: 10, lastAt: '2026-03-02T10:00:00Z' },
      { name: 'Bert Abstractor', screened: 0, abstracted: 0, lastAt: null },
    ],
    lastRelease: null,
    isBlinded: true,
  },
} satisfies Answers;

let browser: Browser;
let web: Awaited<ReturnType<typeof webOnLoopback>>;
beforeAll(async () => {
  web = await webOnLoopback();
  browser = await startChromium();
});
afterAll(async () => {
  await browser?.close();
  await web?.[Symbol.asyncDispose]();
});

/** Looks at a page as everybody must be able to: no fault, no violation, nothing beyond the window. */
async function expectSound({ page, faults }: { page: Page; faults: readonly string[] }, name: string): Promise<void> {
  await screenshot(page, name);
  expect(await violationsOf(page)).toEqual([]);
  expect(await overflowOf(page)).toBe(0);
  expect(faults).toEqual([]);
}

describe('getting in', () => {
  test('who is not signed in signs in, by keyboard alone, and is where the address says', async () => {
    await using opened = await openPage(browser, web.url);
    const { page } = opened;
    await answerWith(page, { ...answers, session: nobody, signIn: { problem: [401, 'server.wrong-password'] } });
    await page.goto('/studies/a-study');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await expectSound(opened, 'sign-in');
    await page.getByRole('textbox', { name: 'Name to sign in with' }).focus();
    await page.keyboard.type('olga');
    await page.keyboard.press('Tab');
    await page.keyboard.type('a wrong password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('server.wrong-password', { exact: true }).waitFor();
    await expectSound(opened, 'sign-in-refused');
    await answerWith(page, { signIn: owner });
    await page.getByLabel(/^Password/).fill('the right password');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'A study of charts' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/studies/a-study');
  });

  test('where nobody has an account yet, the page says how the first is made', async () => {
    await using opened = await openPage(browser, web.url);
    await answerWith(opened.page, { session: { ...nobody, signIn: { local: true, openId: null, needsSetUp: true } } });
    await opened.page.goto('/');
    await opened.page.getByText('Nobody has an account yet').waitFor();
    await expectSound(opened, 'set-up');
  });

  test('a one-time link makes an account, and its token is in no address that the server sees', async () => {
    await using opened = await openPage(browser, web.url);
    const { page } = opened;
    const sent: string[] = [];
    page.on('request', (request) => sent.push(request.url()));
    const readLink = { purpose: 'invitation', login: 'olga', name: null, expiresAt: '2026-03-02T10:00:00Z' } as const;
    await answerWith(page, { ...answers, session: nobody, readLink, useLink: owner });
    await page.goto('/link#the-token-of-the-link');
    expect(await page.getByRole('textbox', { name: 'Name to sign in with' }).inputValue()).toBe('olga');
    expect(page.url()).toBe(`${web.url}/link`);
    await page.getByRole('textbox', { name: 'Your name' }).fill('Olga Owner');
    await page.getByLabel('New password').fill('short');
    await page.getByLabel('The same again').fill('another');
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByText('Choose 12 to 200 characters.').waitFor();
    await page.getByText('The two are not the same.').waitFor();
    await expectSound(opened, 'link');
    await page.getByLabel('New password').fill('long enough for it');
    await page.getByLabel('The same again').fill('long enough for it');
    const [use] = await Promise.all([
      page.waitForRequest((request) => request.url().endsWith('/session/link')),
      page.getByRole('button', { name: 'Set password' }).click(),
    ]);
    expect(use.postDataJSON()).toEqual({
      token: 'the-token-of-the-link',
      login: 'olga',
      name: 'Olga Owner',
      password: 'long enough for it',
    });
    await page.getByRole('heading', { name: 'Studies' }).waitFor();
    expect(sent.filter((url) => new URL(url).pathname.includes('token'))).toEqual([]);
  });

  test('a session that ends leaves what was entered where it was, unseen until the same person is back', async () => {
    await using opened = await openPage(browser, web.url);
    const { page } = opened;
    await answerWith(page, answers);
    await page.goto('/');
    await page.getByRole('button', { name: 'Olga Owner' }).click();
    await page.getByRole('menuitem', { name: 'Change password' }).click();
    await page.getByLabel('Present password').fill('what I had entered');
    await page.getByLabel('New password').fill('long enough for it');
    await page.getByLabel('The same again').fill('long enough for it');
    await answerWith(page, { session: nobody, changePassword: { problem: [401, 'server.sign-in'] }, signIn: owner });
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Your session has ended').waitFor();
    expect(await page.getByRole('heading', { name: 'Studies' }).isVisible()).toBe(false);
    expect(await page.getByLabel('Present password').isVisible()).toBe(false);
    await page.getByRole('textbox', { name: 'Name to sign in with' }).fill('olga');
    await page.getByLabel(/^Password/).fill('the right password');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'Studies' }).waitFor();
    expect(await page.getByLabel('Present password').inputValue()).toBe('what I had entered');
  });
});

describe('the pages', () => {
  test('the studies, and the way from one to its overview by keyboard', async () => {
    await using opened = await openPage(browser, web.url);
    const { page } = opened;
    await answerWith(page, answers);
    await page.goto('/');
    await page.getByRole('heading', { name: 'A study of charts' }).waitFor();
    expect(await page.title()).toBe('Studies · Chartproof');
    await expectSound(opened, 'studies');
    await page.getByRole('main').getByRole('link', { name: 'A study of charts' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('12 for you').waitFor();
    expect(await page.title()).toBe('Overview · Chartproof');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN');
    await expectSound(opened, 'overview');
  });

  test('a study is made of a protocol; what is wrong in it is said with its line', async () => {
    await using opened = await openPage(browser, web.url);
    const { page } = opened;
    await answerWith(page, { ...answers, createStudy: { problem: [422, 'protocol.invalid'] } });
    await page.goto('/');
    await page.getByRole('button', { name: 'Make a study' }).click();
    const file = { name: 'protocol.yaml', mimeType: 'application/yaml', buffer: Buffer.from('id: a-study') };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('button', { name: 'Make the study' }).click();
    await page.getByRole('alert').getByText('protocol.invalid', { exact: true }).waitFor();
    await expectSound(opened, 'create-study');
  });

  test('nothing, an error and waiting are said', async () => {
    await using opened = await openPage(browser, web.url);
    const { page } = opened;
    await answerWith(page, { session: { ...owner, permissions: [] }, studies: { items: [] } });
    await page.goto('/');
    await page.getByRole('heading', { name: 'No study yet' }).waitFor();
    await expectSound(opened, 'studies-empty');
    await answerWith(page, { studies: { problem: [500, 'server.fault'] } });
    await page.reload();
    await page.getByRole('alert').getByText('server.fault', { exact: true }).waitFor();
    await expectSound(opened, 'studies-error');
    await answerWith(page, { studies: answers.studies });
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'A study of charts' }).waitFor();
    await page.route('**/api/v1/studies', () => {});
    await page.reload();
    await page.getByText('Loading the studies').waitFor();
    await expectSound(opened, 'studies-loading');
  });

  test('an address of nothing, and a study without a role, are not there', async () => {
    await using opened = await openPage(browser, web.url);
    const { page } = opened;
    await answerWith(page, answers);
    for (const path of ['/nothing-here', '/studies/another-study']) {
      await page.goto(path);
      await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
    }
    await expectSound(opened, 'not-found');
    await answerWith(page, { session: { ...owner, studies: [{ study: 'a-study', roles: [], permissions: [] }] } });
    await page.goto('/studies/a-study');
    await page.getByRole('heading', { name: 'Your roles do not open this page' }).waitFor();
    await expectSound(opened, 'forbidden');
  });
});

describe('the shell', () => {
  test('the chosen theme stays, and the navigation can be narrow', async () => {
    await using opened = await openPage(browser, web.url);
    const { page } = opened;
    await answerWith(page, answers);
    await page.goto('/studies/a-study');
    await page.getByRole('button', { name: 'Narrow navigation' }).click();
    await page.getByRole('link', { name: 'Overview' }).waitFor();
    await page.getByRole('button', { name: 'Olga Owner' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Dark' }).waitFor();
    await expectSound(opened, 'account-menu');
    await page.getByRole('menuitem', { name: 'Dark' }).click();
    await page.emulateMedia({ colorScheme: 'light' });
    await page.reload();
    await page.locator('html[data-mantine-color-scheme=dark]').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Wide navigation' }).waitFor();
    expect(opened.faults).toEqual([]);
  });

  test('? shows the keys, but not while somebody types; Escape closes it', async () => {
    await using opened = await openPage(browser, web.url);
    const { page } = opened;
    await answerWith(page, answers);
    await page.goto('/');
    await page.getByRole('heading', { name: 'Studies' }).waitFor();
    const sheet = page.getByRole('dialog', { name: 'Keys of this page' });
    await page.getByRole('combobox', { name: 'Study' }).focus();
    await page.keyboard.press('?');
    expect(await sheet.count()).toBe(0);
    await page.getByRole('main').focus();
    await page.keyboard.press('?');
    await sheet.waitFor();
    await expectSound(opened, 'keys');
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
  });

  test('the first stop of the keyboard leads to the page, past the navigation', async () => {
    await using opened = await openPage(browser, web.url);
    const { page } = opened;
    await answerWith(page, answers);
    await page.goto('/');
    await page.getByRole('heading', { name: 'Studies' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
  });
});
