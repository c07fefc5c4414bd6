import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestAccounts, testAccounts } from '../../src/server/accounts/accounts.test-support.ts';
import type { Serving } from '../../src/server/index.ts';
import { serving } from '../../src/server/serving.test-support.ts';
import { screenshot, violationsOf } from './both-themes.ts';
import { builtWeb } from './built-web.ts';
import { startChromium } from './chromium.ts';
import { openPage } from './watched-page.ts';

let of: TestAccounts;
let served: Serving;
let browser: Browser;
beforeAll(async () => {
  of = testAccounts();
  served = await serving(of.workspace, { webRoot: await builtWeb() });
  browser = await startChromium();
});
afterAll(async () => {
  await browser?.close();
  await served?.close();
  of?.[Symbol.dispose]();
});

test('from the set-up link of the first start to an account, a new password, out and in again', async () => {
  await using opened = await openPage(browser, served.url);
  const { page, faults } = opened;
  await page.goto('/');
  await page.getByText('Nobody has an account yet').waitFor();
  await page.goto(served.setUpLink ?? '');
  await page.getByText('This makes the first account').waitFor();
  expect(page.url()).toBe(`${served.url}/link`);
  await screenshot(page, 'set-up-link');
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole('textbox', { name: 'Name to sign in with' }).fill('olga');
  await page.getByRole('textbox', { name: 'Your name' }).fill('Olga Owner');
  await page.getByLabel('New password').fill('the first password');
  await page.getByLabel('The same again').fill('the first password');
  await page.getByRole('button', { name: 'Set password' }).click();
  await page.getByRole('heading', { name: 'No study yet' }).waitFor();

  await page.getByRole('button', { name: 'Olga Owner' }).click();
  await page.getByRole('menuitem', { name: 'Change password' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change password' });
  await page.getByLabel('Present password').fill('not the password');
  await page.getByLabel('New password').fill('the second password');
  await page.getByLabel('The same again').fill('the second password');
  await dialog.getByRole('button', { name: 'Change password' }).click();
  await dialog.getByText('server.wrong-password').waitFor();
  await page.getByLabel('Present password').fill('the first password');
  await dialog.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('Your password is changed').waitFor();

  await page.getByRole('button', { name: 'Olga Owner' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('textbox', { name: 'Name to sign in with' }).fill('olga');
  await page.getByLabel(/^Password/).fill('the second password');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'No study yet' }).waitFor();
  expect(faults).toEqual([]);
});

test('a link that is none says so', async () => {
  await using opened = await openPage(browser, served.url);
  await opened.page.goto(`${served.url}/link#${'x'.repeat(43)}`);
  await opened.page.getByRole('alert').waitFor();
  expect(await violationsOf(opened.page)).toEqual([]);
});
