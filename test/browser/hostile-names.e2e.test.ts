/** Names of people, drugs and studies that are code elsewhere are shown as the text that they are. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { psoriasisProtocol } from '../../src/review/psoriasis-protocol.test-support.ts';
import { PASSWORD } from '../../src/server/accounts/accounts.test-support.ts';
import { appendAudit } from '../../src/workspace/index.ts';
import { startChromium } from './chromium.ts';
import { openPage, type WatchedPage } from './watched-page.ts';
import { type WorkspaceWithAccounts, workspaceWithAccounts } from './workspace-with-accounts.ts';

const PERSON = '<img src=x onerror=alert(1)> {{7*7}} =1+1';
const DRUG = '<script>alert(1)</script> {{7*7}} =HYPERLINK("x") <b>methotrexate</b>';
const TITLE = '<b>Study</b> {{7*7}} =SUM(1) <script>alert(1)</script>';

const prescription = {
  resourceType: 'MedicationRequest',
  id: '1',
  status: 'completed',
  intent: 'order',
  subject: { reference: 'Patient/1' },
  medicationCodeableConcept: { text: DRUG },
  authoredOn: '2015-04-02',
};

let browser: Browser;
let at: WorkspaceWithAccounts;
beforeAll(async () => {
  browser = await startChromium();
  at = await workspaceWithAccounts((study) => ({ olga: [{ study, role: 'owner' }] }), {
    protocol: psoriasisProtocol.replace('title: Methotrexate for psoriasis', `title: '${TITLE}'`),
    resources: [prescription],
  });
});
afterAll(async () => {
  await browser?.close();
  await at?.[Symbol.asyncDispose]();
});

/** That nothing of it was run or made into elements. */
async function expectText({ page, faults }: WatchedPage): Promise<void> {
  expect(await page.locator('img[src=x], #root script, #root b').count()).toBe(0);
  expect(faults).toEqual([]);
}

test('the name of a person, on People, in their account, among the people of a study and above their own pages', async () => {
  await using root = await at.pageOf(browser, 'root', '/people');
  await root.page.getByRole('button', { name: 'Invite somebody' }).click();
  const form = root.page.getByRole('dialog', { name: 'Invite somebody' });
  await form.getByRole('textbox', { name: 'Name to sign in with' }).fill('eve');
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill(PERSON);
  await form.getByRole('button', { name: 'Make the account' }).click();
  await form.getByText(`Send this link to ${PERSON}`).waitFor();
  const link = await form.getByText(/^http.*\/link#/).textContent();
  await form.getByRole('button', { name: 'Done' }).click();
  await root.page.getByRole('row', { name: PERSON }).click();
  await root.page.getByRole('dialog', { name: PERSON }).getByRole('button', { name: 'Disable' }).click();
  await root.page.getByRole('dialog', { name: `Disable the account of ${PERSON}` }).waitFor();
  await expectText(root);
  await comeIn(root.page, link ?? '');

  await using olga = await at.pageOf(browser, 'olga', `/studies/${at.study}/people`);
  await olga.page.getByRole('button', { name: 'Give a role' }).click();
  await olga.page.getByRole('textbox', { name: 'Name to sign in with' }).fill('eve');
  await olga.page.getByRole('button', { name: 'Give the role' }).click();
  await olga.page.getByRole('checkbox', { name: `${PERSON} is abstractor` }).waitFor();
  await expectText(olga);
});

/** In a browser of her own, where her name stands above every page. */
async function comeIn(of: Page, link: string): Promise<void> {
  await using eve = await openPage(browser, new URL(of.url()).origin);
  await eve.page.goto(link);
  await eve.page.getByLabel('New password').fill(PASSWORD);
  await eve.page.getByLabel('The same again').fill(PASSWORD);
  await eve.page.getByRole('button', { name: 'Set password and sign in' }).click();
  await eve.page.getByRole('button', { name: PERSON }).waitFor();
  await expectText(eve);
}

test('the title of a study, on Studies, above its pages and on its protocol', async () => {
  await using olga = await at.pageOf(browser, 'olga', '/');
  const { page } = olga;
  await page.getByRole('link', { name: TITLE }).click();
  await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
  await expectText(olga);
  expect(await page.getByRole('combobox', { name: 'Study' }).inputValue()).toBe(TITLE);
  await page.getByRole('link', { name: 'Protocol', exact: true }).click();
  await page.getByRole('tab', { name: 'As written' }).click();
  await page.getByRole('region', { name: 'The protocol as it is written' }).getByText(TITLE).waitFor();
  await expectText(olga);
});

test('the name of a drug, in the chart, on its timeline and among its records', async () => {
  await using olga = await at.pageOf(browser, 'olga', `/studies/${at.study}/charts/${at.of.subject('Patient/1')}`);
  const { page } = olga;
  await page.locator('svg rect[data-lane=drug_exposure]').first().waitFor();
  expect((await page.locator('svg rect[data-lane=drug_exposure] title').allTextContents()).join()).toContain(DRUG);
  await page.getByText('Records', { exact: true }).click();
  await page
    .getByRole('listbox', { name: 'Rows of the records' })
    .getByRole('option', { name: /methotrexate/ })
    .click();
  await page.getByRole('heading', { name: DRUG }).waitFor();
  await expectText(olga);
});

test('who did something on the command line, under any name, in the audit trail', async () => {
  appendAudit(at.of.review.database, {
    at: '2026-01-01T00:00:00Z',
    actor: PERSON,
    action: 'review.load',
    detail: { file: DRUG },
  });
  await using olga = await at.pageOf(browser, 'olga', `/studies/${at.study}/audit`);
  const { page } = olga;
  await page.getByRole('row', { name: PERSON }).filter({ hasText: DRUG }).waitFor();
  await expectText(olga);
});
