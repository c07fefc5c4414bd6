/** What goes another way than the next chart after the last: rows that go, charts that are given back, two people at one place. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { notes } from '../../src/review/psoriasis-study.test-support.ts';
import { startChromium } from './chromium.ts';
import { type ReviewedStudy, reviewedStudy } from './reviewed-study.ts';
import { selectWithMouse } from './select-with-mouse.ts';

let study: ReviewedStudy;
let browser: Browser;
beforeAll(async () => {
  study = await reviewedStudy({
    anna: 'abstractor',
    bert: 'abstractor',
    carl: 'adjudicator',
    dora: 'adjudicator',
  });
  await study.of.load(
    ...['anna', 'bert'].flatMap((reviewer) => [screening('1', reviewer), screening('2', reviewer)]),
    baseline('2', 'anna', 'mild'),
    baseline('2', 'bert', 'severe'),
  );
  browser = await startChromium();
});
afterAll(async () => {
  await browser?.close();
  await study?.[Symbol.asyncDispose]();
});

const at = '2024-02-01T10:00:00Z';

function screening(patient: string, reviewer: string): object {
  const values = { psoriasis: { value: true } };
  return { kind: 'abstraction', person: `Patient/${patient}`, instrument: 'screening', reviewer, at, values };
}

function baseline(patient: string, reviewer: string, severity: string): object {
  const note = 'DocumentReference/2';
  const cited = (quote: string) => {
    const start = notes[note]?.indexOf(quote) ?? -1;
    return [{ note, start, end: start + quote.length, quote }];
  };
  const values = {
    severity: { value: severity, evidence: cited('Mild psoriasis') },
    smoker: { value: false, evidence: cited('Never smoked') },
    started: { value: '2016', evidence: cited('Methotrexate begun in 2016') },
  };
  return { kind: 'abstraction', person: `Patient/${patient}`, instrument: 'baseline', reviewer, at, values };
}

const saved = (page: Page) => page.getByRole('status').getByText(/^Saved/);

test('a chart that was taken by mistake is given back; somebody takes it again and selects evidence with the mouse', async () => {
  const chart = study.of.subject('Patient/1');
  await using anna = await study.openAs(browser, 'anna', `abstraction/${chart}`);
  const { page } = anna;
  await page.getByRole('button', { name: 'Take this chart' }).click();
  await page.getByRole('button', { name: 'Give it back' }).click();
  await page.getByText('Nobody has taken this chart for you yet').waitFor();
  await page.getByRole('button', { name: 'Take this chart' }).click();
  await page.getByRole('option', { name: /2015-04-01/ }).click();
  await selectWithMouse(page.getByTestId('note-text'), 'Severe plaque psoriasis.');
  await page.getByText('Chosen: “Severe plaque psoriasis.”').waitFor();
  await page.getByRole('button', { name: 'Cite', exact: true }).click();
  await page.getByRole('radio', { name: 'Severe' }).check();
  await saved(page).waitFor();
  await page.reload();
  const cited = page.getByRole('list', { name: 'Evidence' });
  await cited.getByRole('button', { name: /^Severe plaque psoriasis\. 2015-04-01/ }).waitFor();
  expect(anna.faults).toEqual([]);
});

test('a row of visits is added by a click on the button, and removed as a whole after a question', async () => {
  await using anna = await study.openAs(browser, 'anna', `abstraction/${study.of.subject('Patient/1')}`);
  const { page } = anna;
  for (const number of ['1', '2']) {
    await page.getByLabel('New row, Number:').fill(number);
    await page.getByRole('button', { name: 'Add row' }).click();
    await page.getByRole('tab', { name: number, selected: true }).waitFor();
    await page.getByRole('radiogroup', { name: 'Clear or almost clear?' }).getByText('Yes').click();
    await saved(page).waitFor();
  }
  await page.getByRole('button', { name: 'Remove row' }).click();
  const question = page.getByRole('dialog', { name: 'Remove the row?' });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('tab', { name: '2', selected: true }).waitFor();
  await page.getByRole('button', { name: 'Remove row' }).click();
  await question.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('tab', { name: '2' }).waitFor({ state: 'detached' });
  await page.reload();
  await page.getByRole('tab', { name: '1', selected: true }).waitFor();
  expect(await page.getByRole('tab', { name: '2' }).count()).toBe(0);
  expect(anna.faults).toEqual([]);
});

test('two adjudicators at one difference, and one of them twice: each is told who decided and what, and loses nothing', async () => {
  const path = `adjudication/${study.of.subject('Patient/2')}`;
  await using carl = await study.openAs(browser, 'carl', path);
  await using dora = await study.openAs(browser, 'dora', path);
  await carl.page.getByRole('heading', { name: /Severity/ }).waitFor();
  const again = await carl.context.newPage();
  await again.goto(carl.page.url());
  const decide = async (page: Page, reader: string, reason: string) => {
    await page.getByRole('button', { name: `Decide for ${reader}` }).click();
    await page.getByRole('textbox', { name: 'Reason' }).fill(reason);
    await page.getByRole('button', { name: 'Decide', exact: true }).click();
  };
  for (const page of [dora.page, again]) await page.getByRole('heading', { name: /Severity/ }).waitFor();
  await decide(carl.page, 'A', 'As the note has it.');
  await carl.page.getByText(/Decided by carl.*As the note has it\./).waitFor();

  await decide(dora.page, 'B', 'The scalp counts.');
  await dora.page.getByRole('alert').getByText('This chart is not to be taken at this stage.').waitFor();
  await decide(again, 'B', 'Seen again.');
  await again.getByRole('alert').getByText('Somebody spoke of this field meanwhile').waitFor();
  for (const page of [dora.page, again]) await page.getByText(/Decided by carl.*As the note has it\./).waitFor();
  expect(await dora.page.getByRole('textbox', { name: 'Reason' }).inputValue()).toBe('The scalp counts.');
  await again.getByRole('button', { name: 'Decide', exact: true }).click();
  await again.getByText(/Decided by carl.*Seen again\./).waitFor();
  expect([carl.faults, dora.faults]).toEqual([[], []]);
});

test('two tabs of one person on one record: other fields merge, in both', async () => {
  const path = `abstraction/${study.of.subject('Patient/1')}`;
  await using first = await study.openAs(browser, 'anna', path);
  const { page } = first;
  await page.getByRole('textbox', { name: 'Remark' }).waitFor();
  const second = await first.context.newPage();
  await second.goto(page.url());
  await second.getByRole('radiogroup', { name: 'Smoker?' }).getByText('Yes').click();
  await saved(second).waitFor();
  await page.getByRole('textbox', { name: 'Remark' }).fill('From the first tab.');
  await page.getByRole('textbox', { name: 'Remark' }).press('Tab');
  await saved(page).waitFor();
  await page.getByLabel(/^Pack-years/).waitFor();
  expect(await page.getByText('Changed elsewhere since you saw it').count()).toBe(0);
  await second.reload();
  expect(await second.getByRole('textbox', { name: 'Remark' }).inputValue()).toBe('From the first tab.');
  expect(first.faults).toEqual([]);
});
