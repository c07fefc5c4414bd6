import pino from 'pino';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PsoriasisStudy, psoriasisStudy } from '../../src/review/psoriasis-study.test-support.ts';
import { type Serving, serve } from '../../src/server/index.ts';
import { overflowOf, screenshot, violationsOf } from './both-themes.ts';
import { builtWeb } from './built-web.ts';
import { startChromium } from './chromium.ts';
import { openPage } from './watched-page.ts';

const PASSWORD = 'a password of the test';
let of: PsoriasisStudy;
let serving: Serving;
let browser: Browser;
const log: string[] = [];

beforeAll(async () => {
  of = await psoriasisStudy();
  const logger = pino({}, { write: (line) => log.push(line) });
  serving = await serve({ workspace: of.workspace, port: 0, webRoot: await builtWeb(), log: logger });
  browser = await startChromium();
});
afterAll(async () => {
  await browser?.close();
  await serving?.close();
  of?.[Symbol.dispose]();
});

/** A page of the study, as its owner. The first time the owner is made, with the link of the first start. */
async function openStudyPage(path: string) {
  const opened = await openPage(browser, serving.url);
  const { page } = opened;
  await page.goto('/');
  const token = serving.setUpLink?.split('#')[1];
  const person = { login: 'olga', name: 'Olga Owner', password: PASSWORD };
  const made = await send(page, 'POST', '/session/link', { token, ...person });
  if (made.status === 200) {
    const { id } = (made.body as { person: { id: string } }).person;
    await send(page, 'PUT', `/people/${id}/studies/${of.review.protocol.id}/roles/owner`);
  } else await send(page, 'POST', '/session', { login: 'olga', password: PASSWORD });
  await page.goto(`/studies/${of.review.protocol.id}/${path}`);
  return opened;
}

/** A call of the interface from within the page, with the cookie and the token of its session. */
function send(page: Page, method: string, path: string, body?: object): Promise<{ status: number; body: unknown }> {
  return page.evaluate(
    async ([verb, where, sent]) => {
      const { csrf } = (await (await fetch('/api/v1/session')).json()) as { csrf: string };
      const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf };
      const answer = await fetch(`/api/v1${where}`, { method: verb, headers, ...(sent && { body: sent }) });
      return { status: answer.status, body: (await answer.json()) as unknown };
    },
    [method, path, body && JSON.stringify(body)] as [string, string, string | undefined],
  );
}

async function expectSound({ page, faults }: { page: Page; faults: readonly string[] }, name: string): Promise<void> {
  await screenshot(page, name);
  expect(await violationsOf(page)).toEqual([]);
  expect(await overflowOf(page)).toBe(0);
  expect(faults).toEqual([]);
}

test('notes are searched after the purpose was said: completed, marked where wrong, narrowed, opened, saved', async () => {
  await using opened = await openStudyPage('search');
  const { page } = opened;
  await page.getByRole('dialog', { name: 'For what purpose do you search?' }).waitFor();
  await expectSound(opened, 'search-purpose');
  await page.getByRole('textbox', { name: 'Purpose' }).fill('Find candidates by text');
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Go on' }).click();

  const query = page.getByRole('textbox', { name: 'Query' });
  await query.pressSequentially('psori');
  const word = page.getByRole('option', { name: /psoriasis/ });
  await word.waitFor();
  await query.press('ArrowDown');
  await expectSound(opened, 'search-completion');
  await query.press('Enter');
  expect(await query.inputValue()).toBe('psoriasis ');

  await query.pressSequentially('AND (elbows');
  await query.press('Escape');
  await query.press('Enter');
  await page.getByText('Character 15: This bracket is never closed.').waitFor();
  await expectSound(opened, 'search-mistake');

  await query.fill('psoriasis OR methotrexate');
  await query.press('Enter');
  await page.getByText('4 persons', { exact: true }).waitFor();
  const persons = page.getByRole('grid', { name: 'Persons found' });
  await persons.locator('tr[data-index="0"]').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Notes of the person' }).locator('mark').first().waitFor();
  await page.getByRole('button', { name: /^2015/ }).waitFor();
  await expectSound(opened, 'search-persons');
  expect(page.url()).toMatch(/\/search\?search=\d+$/);

  await page.getByRole('tab', { name: 'By note' }).click();
  await page
    .getByRole('button', { name: /^Open note/ })
    .first()
    .click();
  const note = page.getByRole('dialog', { name: 'Note' });
  await note.locator('mark').first().waitFor();
  await expectSound(opened, 'search-note');
  await page.keyboard.press('Escape');
  await note.waitFor({ state: 'hidden' });

  await page.getByRole('button', { name: /^affirmed/ }).click();
  await page.getByText(/kept as search 2/).waitFor();
  expect(await query.inputValue()).toMatch(/^affirmed\(/);

  await page.getByRole('button', { name: 'Save as criterion' }).click();
  await page.getByRole('textbox', { name: 'Id' }).fill('text-arm');
  await page.getByRole('textbox', { name: 'Label' }).fill('By text');
  await page.getByRole('button', { name: 'Draft it' }).click();
  await page.getByText('id: text-arm').waitFor();
  await expectSound(opened, 'search-criterion');
  await page.getByRole('button', { name: 'Open in the protocol' }).click();
  await page.getByRole('tab', { name: 'New version', selected: true }).waitFor();
  expect(await page.getByRole('textbox').first().inputValue()).toContain('id: text-arm');
  await page.goBack();
  await page.getByText(/kept as search 2/).waitFor();

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Persons as CSV' }).click();
  expect((await download).suggestedFilename()).toBe('search-2-persons.csv');
  await page.getByRole('button', { name: 'Log of searches' }).click();
  await page.getByRole('article', { name: 'Search 1' }).waitFor();
  await page.getByRole('button', { name: 'Ask search 1 again' }).click();
  await page
    .getByRole('status')
    .filter({ hasText: /^Now \d+ persons, as then/ })
    .waitFor();
  await page.getByRole('article', { name: 'Search 3' }).waitFor();
  await expectSound(opened, 'search-log');
  await page.getByRole('button', { name: 'Open search 3' }).first().click();
  await page.getByText(/kept as search 3/).waitFor();
  expect(log.join('')).not.toMatch(/psoria|elbows|Patient/i);
}, 240_000);

test('the flow opens the persons behind a number, and why; the rest of the cohort is told beside it', async () => {
  await using opened = await openStudyPage('cohort');
  const { page } = opened;
  const flow = page.getByRole('region', { name: 'Flow of persons' });
  await flow.getByRole('button', { name: /Screening not finished: left here: 3/ }).click();
  const persons = page.getByRole('grid', { name: 'Screening not finished: left here' });
  await persons.getByText('S003').waitFor();
  await expectSound(opened, 'cohort-flow');
  await persons.locator('tr[data-index="0"]').focus();
  await page.keyboard.press('Enter');
  const why = page.getByRole('dialog', { name: 'Why S001 stands where it does' });
  await why.getByText('ICD10CM L40.0').waitFor();
  await expectSound(opened, 'cohort-why');
  await page.keyboard.press('Escape');
  await why.waitFor({ state: 'hidden' });

  await page.getByRole('tab', { name: 'Arms' }).click();
  await page.getByRole('button', { name: 'Found by just Coded: 3' }).click();
  await page.getByRole('grid', { name: 'Found by just Coded' }).waitFor();
  await page.getByRole('button', { name: 'Work out the yield' }).click();
  await page.getByRole('table', { name: 'Yield of the arms' }).waitFor();
  await expectSound(opened, 'cohort-arms');

  await page.getByRole('tab', { name: 'Criteria' }).click();
  await page.getByRole('button', { name: 'Count each part' }).click();
  await page.getByText('3 persons').waitFor();
  await expectSound(opened, 'cohort-criteria');

  await page.getByRole('tab', { name: 'Changes' }).click();
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.getByText('The candidates were identified only once.').waitFor();
  await expectSound(opened, 'cohort-changes');

  await page.getByRole('tab', { name: 'Sample of the others' }).click();
  await page.getByRole('button', { name: 'Draw a sample' }).click();
  await page.getByText('N001').waitFor();
  await expectSound(opened, 'cohort-sample');
  await page.getByText('N001').click();
  await page.getByRole('radio', { name: 'Yes, a case that was missed' }).check();
  await page.getByRole('combobox', { name: 'What shows it' }).waitFor();
  await expectSound(opened, 'cohort-verdict');
  await page.getByRole('radio', { name: 'No', exact: true }).check();
  await page.getByRole('button', { name: 'Keep the verdict' }).click();
  await page.getByRole('gridcell', { name: 'no case' }).waitFor();

  await page.getByRole('button', { name: 'Identify again' }).click();
  await page.getByText('3 candidates of 4 identified').waitFor();
}, 240_000);
