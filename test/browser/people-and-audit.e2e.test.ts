import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PASSWORD } from '../../src/server/accounts/accounts.test-support.ts';
import { overflowOf, screenshot, violationsOf } from './both-themes.ts';
import { startChromium } from './chromium.ts';
import { openPage } from './watched-page.ts';
import { type WorkspaceWithAccounts, workspaceWithAccounts } from './workspace-with-accounts.ts';

let browser: Browser;
let at: WorkspaceWithAccounts;

beforeAll(async () => {
  browser = await startChromium();
});
beforeEach(async () => {
  at = await workspaceWithAccounts((study) => ({
    olga: [{ study, role: 'owner' }],
    ben: [],
  }));
  return () => at[Symbol.asyncDispose]();
});
afterAll(() => browser?.close());

/** Looks at a page as everybody must be able to: no fault, no violation, nothing beyond the window. */
async function expectSound({ page, faults }: { page: Page; faults: readonly string[] }, name: string): Promise<void> {
  await screenshot(page, name);
  expect(await violationsOf(page)).toEqual([]);
  expect(await overflowOf(page)).toBe(0);
  expect(faults).toEqual([]);
}

describe('accounts', () => {
  test('somebody is invited with a link that is shown once, comes in, and is disabled', async () => {
    await using opened = await at.pageOf(browser, 'root', '/people');
    const { page } = opened;
    await page.getByRole('row', { name: /Olga X/ }).waitFor();
    await expectSound(opened, 'people');
    await page.getByRole('button', { name: 'Invite somebody' }).click();
    const form = page.getByRole('dialog', { name: 'Invite somebody' });
    await form.getByRole('textbox', { name: 'Name to sign in with' }).fill('Anna');
    await form.getByRole('textbox', { name: 'Name', exact: true }).fill('Anna Abstractor');
    await form.getByRole('combobox', { name: 'Study' }).fill(at.study);
    await page.keyboard.press('Escape');
    await form.getByRole('checkbox', { name: 'abstractor' }).check();
    await expectSound(opened, 'people-invite');
    await form.getByRole('button', { name: 'Make the account' }).click();
    const link = await form.locator('pre').textContent();
    await expectSound(opened, 'people-link');
    await form.getByRole('button', { name: 'Done' }).click();
    await page
      .getByRole('row', { name: /Anna Abstractor/ })
      .getByText('invited')
      .waitFor();
    expect(await page.content()).not.toContain(link?.split('#')[1]);

    await using anna = await openPage(browser, at.served.url);
    await anna.page.goto(link ?? '');
    await anna.page.getByLabel('New password').fill(PASSWORD);
    await anna.page.getByLabel('The same again').fill(PASSWORD);
    await anna.page.getByRole('button', { name: 'Set password' }).click();
    await anna.page.getByRole('button', { name: 'Anna Abstractor' }).waitFor();

    await page.reload();
    await page.getByRole('textbox', { name: 'Find' }).fill('anna');
    const row = page.getByRole('row', { name: /Anna Abstractor/ });
    await row.getByText('active').waitFor();
    expect(await page.getByRole('row').count()).toBe(2);
    await row.focus();
    await page.keyboard.press('Enter');
    const card = page.getByRole('dialog', { name: 'Anna Abstractor' });
    await card
      .getByRole('group', { name: 'Roles in the workspace' })
      .getByRole('checkbox', { name: 'steward' })
      .click();
    await row.getByText('steward').waitFor();
    await expectSound(opened, 'people-card');
    await card.getByRole('button', { name: 'New link' }).click();
    await page.getByRole('button', { name: 'Make the link' }).click();
    const another = page.getByRole('dialog', { name: 'A link for Anna Abstractor' });
    expect(await another.locator('pre').textContent()).toMatch(/\/link#[\w-]{43}$/);
    await another.getByRole('button', { name: 'Done' }).click();
    await card.getByRole('button', { name: 'Disable' }).click();
    await page
      .getByRole('dialog', { name: /Disable the account/ })
      .getByRole('button', { name: 'Disable' })
      .click();
    await row.getByText('disabled').waitFor();
    await card.getByRole('button', { name: 'Enable again' }).waitFor();
    await anna.page.reload();
    await anna.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  test('the last administrator keeps the role, and it is said why', async () => {
    await using opened = await at.pageOf(browser, 'root', '/people');
    const { page } = opened;
    await page.getByRole('row', { name: /Root X/ }).click();
    const card = page.getByRole('dialog', { name: 'Root X' });
    const role = card.getByRole('checkbox', { name: 'administrator' });
    await role.click();
    await card.getByRole('alert').getByText('accounts.last-administrator').waitFor();
    expect(await role.isChecked()).toBe(true);
    await expectSound(opened, 'people-last-administrator');
  });
});

test('an owner gives and takes roles in the study, which its audit trail tells', async () => {
  await using opened = await at.pageOf(browser, 'olga', `/studies/${at.study}/people`);
  const { page } = opened;
  await page.getByRole('button', { name: 'Give a role' }).click();
  const form = page.getByRole('dialog', { name: 'Give a role in this study' });
  await form.getByRole('textbox', { name: 'Name to sign in with' }).fill('nobody-here');
  await form.getByRole('button', { name: 'Give the role' }).click();
  await form.getByRole('alert').getByText('accounts.no-person').waitFor();
  await form.getByRole('textbox', { name: 'Name to sign in with' }).fill('ben');
  await form.getByRole('button', { name: 'Give the role' }).click();
  const isAbstractor = page.getByRole('checkbox', { name: 'Ben X is abstractor' });
  await isAbstractor.waitFor();
  expect(await isAbstractor.isChecked()).toBe(true);
  await page.getByRole('checkbox', { name: 'Ben X is monitor' }).click();
  await expect.poll(() => page.getByRole('checkbox', { name: 'Ben X is monitor' }).isChecked()).toBe(true);
  await expectSound(opened, 'study-people');
  await isAbstractor.click();
  await page.getByRole('button', { name: 'Take the role' }).click();
  await expect.poll(() => isAbstractor.isChecked()).toBe(false);

  await page.getByRole('link', { name: 'Audit of the study' }).click();
  await page.getByRole('combobox', { name: 'Did what' }).fill('people');
  await page.getByRole('row', { name: /people\.revoke.*role abstractor/ }).waitFor();
  expect(await page.getByRole('row', { name: /olga.*people\.grant.*ben/ }).count()).toBe(2);
  expect(await page.getByRole('row', { name: /people\./ }).count()).toBe(3);
});

describe('the audit trail', () => {
  test('is filtered, verified, and saved as a file, which it tells itself', async () => {
    await using opened = await at.pageOf(browser, 'root', '/audit');
    const { page } = opened;
    await page.getByRole('row', { name: /root/ }).first().waitFor();
    await page.getByRole('button', { name: 'Verify the chain' }).click();
    await page.getByRole('status').getByText('The chain holds.').waitFor();
    await expectSound(opened, 'audit');
    await page.getByRole('combobox', { name: 'Who' }).fill('somebody-else');
    await page.getByRole('heading', { name: 'No row fits' }).waitFor();
    await expectSound(opened, 'audit-empty');
    await page.getByRole('button', { name: 'All rows' }).click();
    await page.getByRole('row', { name: /root/ }).first().waitFor();
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: /CSV/ }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('audit-workspace.csv');
    expect(readFileSync(await download.path(), 'utf8')).toMatch(
      /^seq,at,actor,action,subject,detail,previous,hash\n1,/,
    );
    await page.getByRole('row', { name: /audit\.export/ }).waitFor();
    expect(opened.faults).toEqual([]);
  });

  test('of a study is not there for whoever has no part in it', async () => {
    await using opened = await at.pageOf(browser, 'ben', `/studies/${at.study}/audit`);
    await opened.page.getByRole('heading', { name: 'There is no such page' }).waitFor();
  });
});
