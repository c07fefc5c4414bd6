import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audited, entriesOf, servedResults, writeText } from '../../src/server/results-study.test-support.ts';
import { overflowOf, screenshot, violationsOf } from './both-themes.ts';
import { startChromium } from './chromium.ts';
import { studyInBrowser } from './study-in-browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser?.close());

async function expectSound(page: Page, name: string): Promise<void> {
  await screenshot(page, name);
  expect(await violationsOf(page)).toEqual([]);
  expect(await overflowOf(page)).toBe(0);
}

describe('the page of the results', () => {
  test('a number leads to its sentence in two clicks, and back by keyboard', async () => {
    await using served = await servedResults();
    await using opened = await studyInBrowser(browser, served, 'owner');
    const { page, faults } = opened;
    await page.goto(`/studies/${served.study}/results`);
    const number = page.getByRole('button', { name: /^2 \(67%\): Severe, Total/ });
    await number.waitFor();
    await expectSound(page, 'results-tables');

    await number.focus();
    await page.keyboard.press('Enter');
    const subject = served.of.subject('Patient/1');
    const row = page.getByRole('list', { name: 'Subjects behind the number' }).getByRole('button', { name: subject });
    await row.waitFor();
    await expectSound(page, 'results-behind');
    await row.click();
    const shown = page.getByRole('region', { name: `Subject ${subject}` });
    const cited = shown.locator('mark', { hasText: 'Severe' });
    await cited.waitFor();
    expect(await shown.locator('blockquote').textContent()).toContain(
      'Severe plaque psoriasis. Smokes, 20 pack-years.',
    );
    await expectSound(page, 'results-sentence');
    expect(page.url()).not.toContain(subject);
    expect(audited(served, 'results.evidence')).toMatchObject([{ actor: 'owner', subject }]);

    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await number.evaluate((one) => one === document.activeElement)).toBe(true);
    expect(faults).toEqual([]);
  });

  test('analysts see numbers and no way behind them', async () => {
    await using served = await servedResults();
    await using opened = await studyInBrowser(browser, served, 'analyst');
    const { page, faults } = opened;
    await page.goto(`/studies/${served.study}/results?cell=baseline/severe/total`);
    await page.getByRole('cell', { name: '2 (67%)' }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await page.getByRole('button', { name: /who stands behind it/ }).count()).toBe(0);
    expect(faults).toEqual([]);
  });

  test('a number of the text that moved is shown, and approved', async () => {
    await using served = await servedResults();
    await using opened = await studyInBrowser(browser, served, 'owner');
    const { page, faults } = opened;
    writeText(served, '# Results\n\nSevere in **{{baseline.severe.total.n}}** patients.\n');
    await page.goto(`/studies/${served.study}/results?show=text`);
    const approve = async (why: string) => {
      await page.getByRole('textbox', { name: 'Why' }).fill(why);
      await page.getByRole('button', { name: 'I read the text with these numbers' }).click();
      await page.getByText('Approved as it is').waitFor();
    };
    await approve('first reading');
    await served.of.load(...['anna', 'ben'].flatMap((who) => entriesOf('3', who, 'mild')));
    await page.reload();
    await page.getByText('1 moved since approved').waitFor();
    expect(await page.getByRole('region', { name: 'Draft of the text' }).textContent()).toContain(
      'Severe in 1 patients.',
    );
    await expectSound(page, 'results-text');
    await approve('one chart corrected');
    expect(audited(served, 'manuscript.approve')).toHaveLength(2);
    expect(faults).toEqual([]);
  });

  test('warnings are accepted, the study is released, the download opens and is proved', async () => {
    await using served = await servedResults();
    await using opened = await studyInBrowser(browser, served, 'owner');
    const { page, faults } = opened;
    page.setDefaultTimeout(120_000);
    await page.goto(`/studies/${served.study}/results?show=disclosure`);
    await page.getByRole('checkbox', { name: /^All \d/ }).check();
    await page.getByRole('textbox', { name: 'Why they may leave all the same' }).fill('invented persons');
    await expectSound(page, 'results-disclosure');
    await page.getByRole('button', { name: /^Accept \d/ }).click();
    await page.getByText('Every warning is accepted.').waitFor();

    await page.getByRole('tab', { name: 'Releases' }).click();
    await page.getByText('Nothing was released yet').waitFor();
    await page.getByRole('button', { name: 'Release', exact: true }).click();
    await page.getByText('Says what the results say').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(new RegExp(`^${served.study}-[0-9a-f]{12}\\.zip$`));
    const files = unzipSync(readFileSync(await download.path()));
    expect(Object.keys(files).some((name) => name.endsWith('/tables.html'))).toBe(true);
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText('It is whole, and it follows from its data').waitFor();
    await expectSound(page, 'results-releases');
    expect(faults).toEqual([]);
  });

  test('statistics, figures and other definitions are shown; of an unfinished review it is said', async () => {
    await using served = await servedResults({ isFinished: false });
    await using opened = await studyInBrowser(browser, served, 'monitor');
    const { page, faults } = opened;
    page.setDefaultTimeout(60_000);
    await page.goto(`/studies/${served.study}/results`);
    await page.getByText('The review is not finished').waitFor();
    await page.getByRole('tab', { name: 'Statistics and figures' }).click();
    await page.getByRole('img', { name: /Flow of persons/ }).waitFor();
    await expectSound(page, 'results-figures');
    const behind = page.getByRole('dialog', { name: 'Behind the number' });
    await page.getByRole('button', { name: /Severe psoriasis, n\/N. Show who stands behind it$/ }).click();
    await behind.getByText("baseline.severity = 'severe'").waitFor();
    await behind
      .getByRole('list', { name: 'Subjects behind the number' })
      .getByText('Severity: Severe')
      .first()
      .waitFor();
    await behind.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: /^Who is in it: / }).click();
    await behind.getByRole('heading', { name: /^Pack-years · drawn: \d$/ }).waitFor();
    await behind.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('tab', { name: 'Other definitions' }).click();
    await page.getByText('No response is defined').waitFor();
    await page.getByRole('tab', { name: 'Text' }).click();
    await page.getByText('The study has no text yet').waitFor();
    await expectSound(page, 'results-no-text');
    expect(faults).toEqual([]);
  });
});
