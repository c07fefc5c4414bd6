import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resultsProtocol, servedResults } from '../../src/server/results-study.test-support.ts';
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

const next = resultsProtocol.replace('version: "2"', 'version: "3"');

describe('the page of the protocol', () => {
  test('is read, as it is written too, and compared with the version before, by whoever is of the study', async () => {
    await using served = await servedResults();
    await using opened = await studyInBrowser(browser, served, 'abstractor');
    const { page, faults } = opened;
    await page.goto(`/studies/${served.study}/protocol`);
    await page.getByRole('heading', { name: 'Who is found' }).waitFor();
    await page.getByText('A diagnosis of Psoriasis (not refuted)').waitFor();
    await expectSound(page, 'protocol-read');
    expect(await page.getByRole('tab', { name: 'New version' }).count()).toBe(0);
    await page.getByRole('tab', { name: 'As written' }).click();
    await page
      .getByRole('region', { name: 'The protocol as it is written' })
      .getByText('id: psoriasis-methotrexate')
      .waitFor();
    await expectSound(page, 'protocol-written');
    await page.getByRole('tab', { name: 'Versions' }).click();
    const differs = page.getByRole('region', { name: 'What differs' });
    await differs.getByText('version: "1"').waitFor();
    await differs.getByText('version: "2"').waitFor();
    await expectSound(page, 'protocol-versions');
    expect(faults).toEqual([]);
  });

  test('a draft is told its mistake at its line, then what it would change, and comes into force', async () => {
    await using served = await servedResults();
    await using opened = await studyInBrowser(browser, served, 'owner');
    const { page, faults } = opened;
    page.setDefaultTimeout(60_000);
    await page.goto(`/studies/${served.study}/protocol?show=new`);
    const draft = page.getByRole('textbox', { name: 'The draft' });
    await draft.fill(next.replace('condition: psoriasis }', 'condition: gout }'));
    await page.getByRole('button', { name: 'Check' }).click();
    const mistake = page.getByRole('button', { name: /^Line \d+, column \d+$/ });
    await mistake.waitFor();
    // The line has its mark, stands beside its number, and is in sight without a click.
    const mark = page.getByTestId('line-numbers').locator('[data-marked]');
    const [line] = /\d+/.exec((await mistake.textContent()) ?? '') ?? [];
    expect(await mark.allTextContents()).toEqual([line]);
    const places = await draft.evaluate((one, at) => {
      const lineHeight = Number.parseFloat(getComputedStyle(one).lineHeight);
      const box = one.getBoundingClientRect();
      return { top: box.top + 8 + (at - 1) * lineHeight - one.scrollTop, from: box.top, to: box.bottom };
    }, Number(line));
    const { x = 0, y = 0 } = (await mark.boundingBox()) ?? {};
    expect(y).toBeCloseTo(places.top, 0);
    expect(places.top).toBeGreaterThan(places.from);
    expect(places.top).toBeLessThan(places.to);
    const shown = await page.evaluate(([left, top]) => document.elementFromPoint(left, top)?.textContent, [
      x + 5,
      y + 5,
    ] as const);
    expect(shown).toBe(line);
    await expectSound(page, 'protocol-mistake');
    await mistake.click();
    const around = await draft.evaluate((one) => {
      const { value, selectionStart } = one as HTMLTextAreaElement;
      return value.slice(selectionStart, selectionStart + 'gout'.length);
    });
    expect(around).toBe('gout');

    await draft.fill(next.replace('exclusions:\n', 'exclusions:\n  - { id: men, label: Men, rule: { sex: male } }\n'));
    expect(await page.getByRole('button', { name: 'Put into force' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'What would it change?' }).click();
    await page.getByRole('heading', { name: 'What version 3 would change' }).waitFor();
    const row = page.getByRole('row').filter({ hasText: served.of.subject('Patient/2') });
    expect(await row.first().textContent()).toContain('men holds (protocol)');
    await expectSound(page, 'protocol-impact');
    await page.getByRole('button', { name: 'Put into force' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Put into force' }).click();
    await page.getByText('The candidates are not those of this version').waitFor();
    await page.getByText('Methotrexate for psoriasis · version 3 ·').waitFor();
    await page.goto(`/studies/${served.study}/results`);
    await page.getByText('publish.stale-cohort').waitFor();
    await expectSound(page, 'results-stale');
    expect(faults).toEqual([]);
  });
});
