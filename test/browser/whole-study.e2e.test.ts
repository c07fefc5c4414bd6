/** A whole study through the pages alone, from the first start of the workbench to a release that is proved. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startChromium } from './chromium.ts';
import { selectWithMouse } from './select-with-mouse.ts';
import { openPage, type WatchedPage } from './watched-page.ts';
import {
  chartproof,
  comeIn,
  giveRole,
  goTo,
  importFromInbox,
  invite,
  openedChart,
  type ServedFromNothing,
  saved,
  servedFromNothing,
} from './whole-study.test-support.ts';

const PROTOCOL = join(import.meta.dirname, 'whole-study.protocol.yaml');
const TITLE = 'Course of calcinosis on topical thiosulfate';
const CHARTS = 10;
/** The two of which a note tells the first day and a later visit. */
const USED = ['S002', 'S018'];

let served: ServedFromNothing;
let browser: Browser;
const opened: WatchedPage[] = [];

beforeAll(async () => {
  [served, browser] = await Promise.all([servedFromNothing(), startChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await served?.[Symbol.asyncDispose]();
});

/** A browser of somebody's own. */
async function browserOf(): Promise<Page> {
  const watched = await openPage(browser, served.url);
  watched.page.setDefaultTimeout(60_000);
  opened.push(watched);
  return watched.page;
}

test('a study from the first start to a release that is proved', async () => {
  const root = await browserOf();
  await comeIn(root, served.setUpLink, { login: 'root', name: 'Ruth Root' });
  const [olga, anna, bert, carl] = await teamOf(root);
  await importInstitution(root);
  await makeStudy(root, olga);
  await searchNotes(olga);
  await identify(olga);

  await screen(anna, answerByKey);
  await screen(bert, answerByMouse);
  await abstract(anna, readByKeys);
  await abstract(bert, readByMouse);
  await adjudicate(carl);

  await goTo(olga, 'Agreement');
  await olga.getByRole('grid', { name: 'Agreement by field' }).getByText('Extent').waitFor();
  await openNumber(olga);
  await release(olga);
  expect(opened.flatMap(({ faults }) => faults)).toEqual([]);
}, 900_000);

/** Everybody gets an account and comes in by a link of their own. */
async function teamOf(root: Page): Promise<[olga: Page, anna: Page, bert: Page, carl: Page]> {
  await goTo(root, 'People');
  const join = async (login: string, name: string) => {
    const page = await browserOf();
    await comeIn(page, await invite(root, login, name));
    return page;
  };
  return [
    await join('olga', 'Olga Owner'),
    await join('anna', 'Anna First'),
    await join('bert', 'Bert Second'),
    await join('carl', 'Carl Third'),
  ];
}

async function importInstitution(root: Page): Promise<void> {
  await goTo(root, 'Data');
  await importFromInbox(root, /^fhir\/ /);
  await importFromInbox(root, /compounding\.csv/, 'pharmacy/mapping.yaml');
}

/** Who may make studies puts the protocol in and hands it to its owner, who gives the others their parts. */
async function makeStudy(root: Page, olga: Page): Promise<void> {
  await goTo(root, 'Studies');
  await root.getByRole('button', { name: 'Make a study' }).click();
  const [chooser] = await Promise.all([root.waitForEvent('filechooser'), root.getByLabel('Protocol').click()]);
  await chooser.setFiles(PROTOCOL);
  await root.getByRole('button', { name: 'Make the study' }).click();
  await root.getByRole('heading', { name: TITLE }).waitFor();
  await goTo(root, 'People of the study');
  await giveRole(root, 'olga', 'owner');

  await olga.reload();
  await olga.getByRole('link', { name: TITLE }).click();
  await goTo(olga, 'People of the study');
  await giveRole(olga, 'anna', 'abstractor');
  await giveRole(olga, 'bert', 'abstractor');
  await giveRole(olga, 'carl', 'adjudicator');
}

async function searchNotes(olga: Page): Promise<void> {
  await goTo(olga, 'Search');
  await olga.getByRole('textbox', { name: 'Purpose' }).fill('Find candidates by text');
  await olga.getByRole('checkbox', { name: /for this purpose alone/ }).check();
  await olga.getByRole('button', { name: 'Go on' }).click();
  await olga.getByRole('textbox', { name: 'Query' }).fill('affirmed(@thiosulfate)');
  await olga.getByRole('button', { name: 'Search', exact: true }).click();
  await olga.getByRole('grid', { name: 'Persons found' }).waitFor();
}

/** One refused research: counted, never a candidate. */
async function identify(olga: Page): Promise<void> {
  await goTo(olga, 'Cohort');
  await olga.getByRole('button', { name: 'Identify the candidates' }).click();
  await olga.getByText('26 candidates of 27 identified').waitFor();
  await olga.getByRole('button', { name: /Screening not finished: left here: 10/ }).waitFor();
}

/** Goes through all charts of the queue, as it gives them. */
async function screen(page: Page, answer: (page: Page, isUsed: boolean) => Promise<void>): Promise<void> {
  await page.reload();
  await page.getByRole('link', { name: TITLE }).click();
  await goTo(page, 'Screening');
  await page.getByRole('button', { name: 'Next chart' }).click();
  let chart = '';
  for (let done = 0; done < CHARTS; done++) {
    chart = await openedChart(page, chart);
    await page.getByText(/^Was it used/).waitFor();
    await answer(page, USED.includes(chart));
  }
  await page.getByText('Nothing else waits for you').waitFor();
}

async function answerByKey(page: Page, isUsed: boolean): Promise<void> {
  await page.keyboard.press(isUsed ? 'y' : 'n');
  await saved(page);
  await page.keyboard.press('Control+Enter');
}

async function answerByMouse(page: Page, isUsed: boolean): Promise<void> {
  await page
    .getByRole('radiogroup', { name: 'Was it used?' })
    .getByText(isUsed ? 'Yes' : 'No')
    .click();
  await saved(page);
  await page.getByRole('button', { name: 'Complete', exact: true }).click();
}

/** Both charts that are left, one after the other. */
async function abstract(page: Page, read: (page: Page, chart: string) => Promise<void>): Promise<void> {
  await goTo(page, 'Abstraction');
  await page.getByRole('button', { name: 'Next chart' }).click();
  let chart = '';
  for (const _ of USED) {
    chart = await openedChart(page, chart);
    await page.getByText('Nothing is entered yet').waitFor();
    await read(page, chart);
  }
  await page.getByText('Nothing else waits for you').waitFor();
}

const BEGUN: Readonly<Record<string, string>> = { S002: '2016-05-05', S018: '2016-06-18' };

/** By keys: each value with a sentence that the page proposes for its field. */
async function readByKeys(page: Page, chart: string): Promise<void> {
  await chooseProposed(page, 'Began topical sodium thiosulfate');
  await page.keyboard.press('e');
  await page.getByText('The evidence is kept with the value that you give.').waitFor();
  await page.getByLabel(/^Begun/).focus();
  await page.keyboard.type(BEGUN[chart] ?? '');
  await page.keyboard.press('Alt+f');
  await chooseProposed(page, 'calcinosis');
  await page.keyboard.press('1');
  await page.keyboard.press('e');
  await page.keyboard.press('f');
  await page.keyboard.press('Alt+d');
  await page.getByText(/^Read before: /).waitFor();
  await addVisit(page);
  await page.keyboard.press('1');
  await saved(page);
  await page.keyboard.press('Control+Enter');
}

/** Goes by its key to a sentence with the words. */
async function chooseProposed(page: Page, words: string): Promise<void> {
  const sentence = page.getByRole('group', { name: 'Sentences' }).getByRole('listitem');
  await sentence.filter({ hasText: words }).first().waitFor();
  const at = (await sentence.allTextContents()).findIndex((text) => text.includes(words));
  for (let step = 0; step <= at; step++) await page.keyboard.press('s');
  await page.getByTestId('note-text').getByText(words).waitFor();
}

/** By mouse: a sentence is selected in its note; of one chart another extent is read. */
async function readByMouse(page: Page, chart: string): Promise<void> {
  const begun = BEGUN[chart] ?? '';
  await page
    .getByRole('option', { name: new RegExp(`^${begun}`) })
    .first()
    .click();
  await selectWithMouse(page.getByTestId('note-text'), 'Began topical sodium thiosulfate 25%');
  await page.getByRole('button', { name: 'Cite', exact: true }).click();
  await page.getByLabel(/^Begun/).fill(begun);
  await page.getByRole('radio', { name: chart === 'S002' ? 'More places' : 'One place' }).check();
  await selectWithMouse(page.getByTestId('note-text'), 'calcinosis');
  await page.getByRole('button', { name: 'Cite', exact: true }).click();
  await page.getByRole('button', { name: 'No value' }).last().click();
  await page.getByRole('menuitem', { name: /Not documented/ }).click();
  await addVisit(page);
  await page.getByRole('radio', { name: 'Better' }).check();
  await saved(page);
  await page.getByRole('button', { name: 'Complete', exact: true }).click();
}

async function addVisit(page: Page): Promise<void> {
  await page.getByLabel('New row, Number:').fill('1');
  await page.getByRole('button', { name: 'Add row' }).click();
  const visit = page.getByRole('region', { name: 'Visit: 1' });
  await visit.getByLabel('Day').fill('2016-12-01');
  await visit.getByLabel('Lesion').fill('left elbow');
  await visit.getByLabel('Lesion').press('Alt+f');
}

async function adjudicate(carl: Page): Promise<void> {
  await carl.reload();
  await carl.getByRole('link', { name: TITLE }).click();
  await goTo(carl, 'Adjudication');
  await carl.getByRole('button', { name: 'Next chart' }).click();
  expect(await openedChart(carl, '')).toBe('S002');
  await carl.getByText('1 of 1 to decide').waitFor();
  expect(await carl.getByText(/Anna|Bert/).count()).toBe(0);
  await carl.keyboard.press('a');
  await carl.keyboard.type('The note of the first day names more places.');
  await carl.keyboard.press('Control+Enter');
  await carl.getByText('All is decided.').waitFor();
}

/** From a number to its subjects, and to the sentence of one. */
async function openNumber(olga: Page): Promise<void> {
  await goTo(olga, 'Results');
  await olga.getByRole('button', { name: /^1: One place, Total/ }).click();
  const behind = olga.getByRole('dialog', { name: 'Behind the number' });
  await behind.getByRole('list', { name: 'Subjects behind the number' }).getByRole('button').click();
  await behind.getByRole('blockquote').first().waitFor();
  await olga.keyboard.press('Escape');
}

/** The release is downloaded, and it says what it says. */
async function release(olga: Page): Promise<void> {
  await olga.getByRole('tab', { name: 'Disclosure' }).click();
  await olga.getByRole('checkbox', { name: /^All \d/ }).check();
  await olga.getByRole('textbox', { name: 'Why they may leave all the same' }).fill('Invented persons.');
  await olga.getByRole('button', { name: /^Accept \d/ }).click();
  await olga.getByText('Every warning is accepted.').waitFor();
  await olga.getByRole('tab', { name: 'Releases' }).click();
  await olga.getByRole('button', { name: 'Release', exact: true }).click();
  const [download] = await Promise.all([
    olga.waitForEvent('download'),
    olga.getByRole('button', { name: 'Download' }).click(),
  ]);
  const zip = await download.path();
  const files = unzipSync(readFileSync(zip));
  const tables = Object.keys(files).find((name) => name.endsWith('/tables.html'));
  expect(Buffer.from(files[tables ?? ''] ?? []).toString()).toContain('Course by response');
  expect(chartproof('verify', zip)).toContain('Nothing was altered, and the numbers follow from the data.');
}
