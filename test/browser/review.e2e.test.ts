import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { overflowOf, screenshot, violationsOf } from './both-themes.ts';
import { startChromium } from './chromium.ts';
import { type ReviewedStudy, reviewedStudy } from './reviewed-study.ts';
import type { WatchedPage } from './watched-page.ts';

let study: ReviewedStudy;
let browser: Browser;
beforeAll(async () => {
  study = await reviewedStudy({ anna: 'abstractor', bert: 'abstractor', carl: 'adjudicator', olga: 'owner' });
  browser = await startChromium();
});
afterAll(async () => {
  await browser?.close();
  await study?.[Symbol.asyncDispose]();
});

/** Looks at a page as everybody must be able to: no fault, no violation, nothing beyond the window. */
async function expectSound({ page, faults }: WatchedPage, name: string): Promise<void> {
  await screenshot(page, name);
  expect(await violationsOf(page)).toEqual([]);
  expect(await overflowOf(page)).toBe(0);
  expect(faults).toEqual([]);
}

/** The one whose note says that he smokes. */
const subject = () => study.of.subject('Patient/1');
/** The other one who is not excluded. */
const nextChart = (page: Page) => page.getByRole('region', { name: `Chart of ${study.of.subject('Patient/2')}` });
const saved = (page: Page) => page.getByRole('status').getByText(/^Saved/);
const field = (page: Page, id: string) => page.locator(`[data-field=${id}]`);

/** Chooses the next sentence of the open note by its key. */
async function chooseSentence(page: Page, quote: string): Promise<void> {
  await page.keyboard.press('.');
  await page.getByText(`Chosen: “${quote}`).waitFor();
}

async function openNote(page: Page): Promise<void> {
  await page
    .getByRole('option', { name: /2015-04-01/ })
    .first()
    .click();
  await page.getByTestId('note-text').waitFor();
}

test('the queue gives charts to screen; a decision is one key, and completing goes to the next chart', async () => {
  for (const login of ['anna', 'bert']) {
    await using opened = await study.openAs(browser, login, 'screening');
    const { page } = opened;
    await page.getByRole('row', { name: /S001/ }).waitFor();
    if (login === 'anna') await expectSound(opened, 'screening-queue');
    await page.getByRole('button', { name: 'Next chart' }).click();
    for (const chart of ['S001', 'S002', 'S003']) {
      const isExcluded = chart === study.of.subject('Patient/3');
      await page.getByRole('region', { name: `Chart of ${chart}` }).waitFor();
      await field(page, 'psoriasis').waitFor();
      const verdict = page.getByRole('region', { name: 'What leaves a patient out' }).getByRole('status');
      expect(await verdict.textContent()).toBe('So far, 1 unanswered: nothing leaves the patient out');
      await page.keyboard.press(isExcluded ? 'n' : 'y');
      await saved(page).waitFor();
      expect(await verdict.textContent()).toBe(`So far: ${isExcluded ? 'excluded by “No psoriasis”' : 'eligible'}`);
      if (login === 'anna' && chart === 'S001') await expectSound(opened, 'screening-chart');
      await page.keyboard.press('Control+Enter');
    }
    await page.getByText('Nothing else waits for you').waitFor();
    expect(opened.faults).toEqual([]);
  }
});

/** Abstracts the first chart: each value with its sentence, by keys; then completes it. */
async function abstractChart(opened: WatchedPage, severity: '1' | '2'): Promise<void> {
  const { page } = opened;
  await page.getByRole('button', { name: 'Take this chart' }).click();
  await page.getByText('Nothing is entered yet').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('list', { name: 'Fields to look at' }).getByRole('button', { name: 'Smoker?' }).click();
  await page.locator('[data-field=smoker][data-focused]').waitFor();
  await page.keyboard.press('Shift+f');
  await openNote(page);
  // A sentence has its words in the colour that their term set, the second of the study, has in the note.
  const word = page.getByRole('region', { name: 'Sentences of the field' }).locator('mark', { hasText: 'psoriasis' });
  expect(await word.first().getAttribute('data-colour')).toBe('1');
  const inNote = page.getByTestId('note-text').locator('mark', { hasText: 'psoriasis' }).first();
  expect(await inNote.getAttribute('data-colour')).toBe('1');
  // Evidence may come before the value.
  await chooseSentence(page, 'Severe plaque psoriasis.');
  await page.keyboard.press('e');
  await field(page, 'severity').getByText('The evidence is kept with the value that you give.').waitFor();
  await page.keyboard.press(severity);
  await saved(page).waitFor();
  await page.keyboard.press('f');
  await chooseSentence(page, 'Smokes, 20 pack-years.');
  await page.keyboard.press('y');
  await page.keyboard.press('e');
  await field(page, 'pack_years').getByRole('textbox').fill('200');
  await field(page, 'pack_years').getByText('It must lie between 0 and 150').waitFor();
  await field(page, 'pack_years').getByRole('textbox').fill('20');
  await page.keyboard.press('Alt+e');
  await field(page, 'started').getByRole('textbox').fill('3/1/2015');
  await field(page, 'started').getByText('Day or month first?').waitFor();
  await field(page, 'started').getByRole('textbox').fill('3/2015');
  await page.getByRole('article', { name: 'Note' }).getByRole('heading').click();
  await chooseSentence(page, 'Methotrexate since 2015-03-01.');
  await page.keyboard.press('e');
  await field(page, 'heavy').getByText('Yes').waitFor();
  await page.getByLabel('New row, Number:').fill('1');
  await page.getByLabel('New row, Number:').press('Enter');
  await page.getByRole('button', { name: 'Add row' }).click();
  await page.getByRole('tab', { name: '1' }).waitFor();
  await field(page, 'clear').locator('label', { hasText: /^No/ }).click();
  await saved(page).waitFor();
  // What was missing is not told any more once it is there.
  await page.getByRole('alert').waitFor({ state: 'detached' });
}

test('two people abstract a chart with evidence; one of them is offline for a while and loses nothing', async () => {
  await using anna = await study.openAs(browser, 'anna', `abstraction/${subject()}`);
  const { page, context } = anna;
  await abstractChart(anna, '2');
  await expectSound(anna, 'abstraction-chart');

  await context.setOffline(true);
  await field(page, 'remark').getByRole('textbox').fill('Entered on a train.');
  await field(page, 'remark').getByRole('textbox').press('Tab');
  await page.getByText(/^Not connected/).waitFor();
  await field(page, 'nails').getByRole('checkbox', { name: 'Pits' }).click();
  await page.getByText('2 changes are kept here').waitFor();
  await expectSound(anna, 'abstraction-offline');
  await page.getByRole('link', { name: 'All charts' }).click();
  await page
    .getByRole('dialog', { name: 'Not everything is saved yet' })
    .getByRole('button', { name: 'Stay here' })
    .click();
  await context.setOffline(false);
  await saved(page).waitFor();
  await page.reload();
  await field(page, 'remark').waitFor();
  expect(await field(page, 'remark').getByRole('textbox').inputValue()).toBe('Entered on a train.');
  expect(await field(page, 'nails').getByRole('checkbox', { name: 'Pits' }).isChecked()).toBe(true);
  expect(await field(page, 'started').getByRole('textbox').inputValue()).toBe('2015-03');

  const chip = field(page, 'smoker').getByRole('button', { name: /^Smokes, 20 pack-years. 2015-04-01, / });
  await chip.focus();
  await page.getByRole('tooltip', { name: /^Smokes, 20 pack-years. — 2015-04-01, / }).waitFor();
  await chip.click();
  await page.getByTestId('note-text').locator('mark[data-evidence]').first().waitFor();
  await page.getByRole('button', { name: 'Complete', exact: true }).click();
  await nextChart(page).waitFor();

  await using bert = await study.openAs(browser, 'bert', `abstraction/${subject()}`);
  await abstractChart(bert, '1');
  await bert.page.keyboard.press('Control+Enter');
  await nextChart(bert.page).waitFor();
  expect([anna.faults, bert.faults]).toEqual([[], []]);
});

test('two windows of one person on the same field: nothing is overwritten, and both values are shown', async () => {
  await using first = await study.openAs(browser, 'anna', `abstraction/${subject()}`);
  await using second = await study.openAs(browser, 'anna', `abstraction/${subject()}`);
  const remark = (page: Page) => field(page, 'remark').getByRole('textbox');
  await remark(first.page).waitFor();
  await remark(second.page).fill('Second window.');
  await remark(second.page).press('Tab');
  await saved(second.page).waitFor();
  await remark(first.page).fill('First window.');
  await remark(first.page).press('Tab');
  const alert = field(first.page, 'remark').getByRole('alert');
  await alert.waitFor();
  expect(await alert.textContent()).toContain('You entered First window.; there stands Second window..');
  await expectSound(first, 'abstraction-conflict');
  await alert.getByRole('button', { name: 'Keep what I entered' }).click();
  await saved(first.page).waitFor();
  await remark(second.page).fill('Second window again.');
  await remark(second.page).press('Tab');
  const again = field(second.page, 'remark').getByRole('alert');
  await again.getByRole('button', { name: 'Take what stands there' }).click();
  expect(await remark(second.page).inputValue()).toBe('First window.');
  await second.page.reload();
  await remark(second.page).waitFor();
  expect(await remark(second.page).inputValue()).toBe('First window.');
  await second.page.keyboard.press('Control+Enter');
  await nextChart(second.page).waitFor();
});

test('a second tab of the browser is told of a change and shows it, so that nothing collides', async () => {
  await using first = await study.openAs(browser, 'anna', `abstraction/${subject()}`);
  const second = await first.context.newPage();
  await second.goto(first.page.url());
  const remark = (page: Page) => field(page, 'remark').getByRole('textbox');
  await remark(first.page).waitFor();
  await remark(second).fill('Said in the second tab.');
  await remark(second).press('Tab');
  await first.page.getByText('Another tab of this browser changed the chart').waitFor();
  await expect.poll(() => remark(first.page).inputValue()).toBe('Said in the second tab.');
  await remark(first.page).fill('First window.');
  await remark(first.page).press('Tab');
  await saved(first.page).waitFor();
  expect(await first.page.getByRole('alert').count()).toBe(0);
  await expect.poll(() => remark(second).inputValue()).toBe('First window.');
  await second.keyboard.press('Control+Enter');
  await nextChart(second).waitFor();
  expect(first.faults).toEqual([]);
});

test('an adjudicator sees both entries without names, decides for one with a reason, and the difference is settled', async () => {
  await using opened = await study.openAs(browser, 'carl', 'adjudication');
  const { page } = opened;
  await page.getByRole('button', { name: 'Next chart' }).click();
  await page.getByRole('region', { name: `Chart of ${subject()}` }).waitFor();
  await page.getByRole('heading', { name: /Severity/ }).waitFor();
  expect(await page.getByText(/anna|bert/).count()).toBe(0);
  await page.getByRole('list', { name: 'Evidence' }).first().getByRole('button').first().click();
  await page.getByTestId('note-text').locator('mark[data-evidence]').first().waitFor();
  await expectSound(opened, 'adjudication-chart');
  await page.keyboard.press('a');
  await page.keyboard.type('As the first note has it.');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Decided').first().waitFor();
  expect(opened.faults).toEqual([]);
});

test('how well they agreed is told to the owner, with its table and what the manual says', async () => {
  await using opened = await study.openAs(browser, 'olga', 'agreement');
  const { page } = opened;
  await page.getByRole('grid', { name: 'Agreement by field' }).getByText('Severity').click();
  await page.getByRole('region', { name: 'Severity' }).getByText('Of the first visit.').waitFor();
  await expectSound(opened, 'agreement');
  await page.getByRole('tab', { name: 'Over time' }).click();
  await expectSound(opened, 'agreement-months');
});
