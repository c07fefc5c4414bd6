import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PsoriasisStudy, psoriasisStudy } from '../../src/review/psoriasis-study.test-support.ts';
import { chartStudy, copied, hostile } from '../../src/server/chart/chart-study.test-support.ts';
import { overflowOf, screenshot, violationsOf } from './both-themes.ts';
import { startChromium } from './chromium.ts';
import { servedWorkspace, signIn } from './served-workspace.ts';
import { openPage, type WatchedPage } from './watched-page.ts';

let browser: Browser;
let study: PsoriasisStudy;
let served: Awaited<ReturnType<typeof servedWorkspace>>;

beforeAll(async () => {
  study = await psoriasisStudy(chartStudy);
  const { id } = study.review.protocol;
  served = await servedWorkspace(study.workspace, { monitor: [{ role: 'monitor', study: id }] });
  browser = await startChromium();
});
afterAll(async () => {
  await browser.close();
  await served[Symbol.asyncDispose]();
  study[Symbol.dispose]();
});

/** The chart of the first patient, with its list of notes. */
async function openChart(): Promise<WatchedPage> {
  const watched = await openPage(browser, served.url);
  await signIn(watched.page, served.url, 'monitor');
  await watched.page.goto(`/studies/${study.review.protocol.id}/charts/${study.subject('Patient/1')}`);
  await watched.page.getByRole('listbox', { name: 'Notes' }).getByRole('option').first().waitFor();
  return watched;
}

/** What is shown as chosen. */
const chosenIn = (page: WatchedPage['page']) =>
  page.evaluate(() => [...(CSS.highlights.get('chart-chosen') ?? [])].map(String).join());

describe('the chart', () => {
  test('fits, and is accessible in both themes, with a note open', async () => {
    await using chart = await openChart();
    const { page } = chart;
    await page.keyboard.press(']');
    await page.getByTestId('note-text').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    expect(await overflowOf(page)).toBe(0);
    await screenshot(page, 'chart');
    await page.getByText('Records', { exact: true }).click();
    await page.getByRole('listbox', { name: 'Rows of the records' }).getByRole('option').first().click();
    await page.getByRole('heading', { name: 'L40.0' }).or(page.getByText('Condition/1')).first().waitFor();
    expect(await violationsOf(page)).toEqual([]);
    expect(chart.faults).toEqual([]);
  });

  test('shows a note as text, whatever stands in it', async () => {
    await using chart = await openChart();
    const { page } = chart;
    await page.getByRole('option', { name: /2017-01-01/ }).click();
    const text = page.getByTestId('note-text');
    await text.waitFor();
    expect(await text.textContent()).toBe(hostile);
    expect(await text.locator('script, b').count()).toBe(0);
    expect(chart.faults).toEqual([]);
  });

  test('sentences are chosen by keys, exactly, and by the mouse', async () => {
    await using chart = await openChart();
    const { page } = chart;
    await page.getByRole('option', { name: /2015-03-10/ }).click();
    const text = page.getByTestId('note-text');
    await text.waitFor();
    await page.keyboard.press('.');
    await expect.poll(() => chosenIn(page)).toBe(copied);
    await page.keyboard.press('.');
    await expect.poll(() => chosenIn(page)).toBe('No nail pitting.');
    await page.keyboard.press('>');
    await expect.poll(() => chosenIn(page)).toBe('No nail pitting. Joints: denies joint pain.');
    await page.keyboard.press(',');
    await expect.poll(() => chosenIn(page)).toBe(copied);
    await text.locator('mark', { hasText: 'joint pain' }).dblclick();
    await expect.poll(() => chosenIn(page)).toBe('pain');
    // What is chosen stays while somebody types elsewhere.
    await page.getByRole('textbox', { name: 'Find in the chart' }).click();
    expect(await chosenIn(page)).toBe('pain');
  });

  test('negated words are struck through, with what negates them; copied text is grey', async () => {
    await using chart = await openChart();
    const { page } = chart;
    await page.getByRole('option', { name: /2015-03-10/ }).click();
    const negated = page.getByTestId('note-text').locator('mark[data-negated]');
    await negated.first().waitFor();
    expect(await negated.allTextContents()).toEqual(['nail pitting', 'joint pain']);
    await page.keyboard.press('m');
    await page.keyboard.press('m');
    await page.getByText('Plaques: “nail pitting”, negated by “No”').waitFor();
    await page.getByRole('option', { name: /2016-05-01/ }).click();
    const grey = page.getByTestId('note-text').locator('mark[data-copied]');
    await grey.first().waitFor();
    expect((await grey.allTextContents()).join('')).toBe(copied.slice(0, -1));
  });

  test('finds from note to note and around; marks what was read', async () => {
    await using chart = await openChart();
    const { page } = chart;
    await page.keyboard.press('/');
    await page.keyboard.type('plaques');
    await page.keyboard.press('Enter');
    await page.getByText('1 of 4 in 4 notes').waitFor();
    await page.locator('mark[data-current]').waitFor();
    for (const place of [2, 3, 4, 1]) {
      await page.keyboard.press('Enter');
      await page.getByText(`${place} of 4 in 4 notes`).waitFor();
    }
    await page.keyboard.press('Shift+Enter');
    await page.getByText('4 of 4 in 4 notes').waitFor();
    expect(await page.getByTestId('note-text').textContent()).toBe('Plaques, undated.');
    expect(await page.getByRole('option').getByLabel('read').count()).toBe(4);
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    await page.keyboard.type('plaques AND (');
    await page.keyboard.press('Enter');
    await page
      .getByRole('search')
      .getByText(/^At \d+: /)
      .waitFor();
  });

  test('a link opens the note of a piece of evidence, marked, and says nothing of it in the address', async () => {
    await using chart = await openChart();
    const { page } = chart;
    const start = copied.indexOf('knees');
    const place = { note: 'DocumentReference/11', start, end: start + 'knees'.length };
    await page.evaluate((usr) => history.replaceState({ usr, key: 'link', idx: 0 }, ''), { place });
    await page.reload();
    const marked = page.getByTestId('note-text').locator('mark[data-evidence]');
    await marked.waitFor();
    expect(await marked.allTextContents()).toEqual(['knees']);
    expect(new URL(page.url()).search + new URL(page.url()).hash).toBe('');
  });

  test('the timeline is walked by keys: a mark opens, a count goes closer', async () => {
    await using chart = await openChart();
    const { page } = chart;
    await page.locator('svg rect[data-lane=measurement]').first().waitFor();
    await page.keyboard.press('t');
    const status = page.getByRole('status').filter({ hasText: /^20\d\d-/ });
    await page.keyboard.press('ArrowDown');
    await status.filter({ hasText: /ongoing|to 2015/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await status
      .filter({ hasText: 'Progress note' })
      .or(status.filter({ hasText: 'Notes' }))
      .waitFor();
    await page.keyboard.press('Enter');
    await page.getByTestId('note-text').waitFor();
    await page.keyboard.press('+');
    await page.getByText('as in the timeline').waitFor();
    await page.keyboard.press('0');
    await page.getByText('as in the timeline').waitFor({ state: 'detached' });
  });
});
