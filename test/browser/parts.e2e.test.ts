import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { build, type PreviewServer, preview } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../source-files.ts';
import { screenshot, violationsOf } from './both-themes.ts';
import { startChromium } from './chromium.ts';
import { openPage } from './watched-page.ts';

const outDir = mkdtempSync(join(tmpdir(), 'chartproof-gallery-'));
let browser: Browser;
let gallery: PreviewServer;
let url: string;
beforeAll(async () => {
  const config = {
    root: join(root, 'web/gallery'),
    configFile: join(root, 'web/vite.config.ts'),
    logLevel: 'error',
  } as const;
  await build({ ...config, build: { outDir, emptyOutDir: true } });
  gallery = await preview({ ...config, build: { outDir }, preview: { host: '127.0.0.1', port: 0 } });
  url = gallery.resolvedUrls?.local[0] ?? '';
  browser = await startChromium();
});
afterAll(async () => {
  await browser?.close();
  await gallery?.close();
  rmSync(outDir, { recursive: true, force: true });
});

/** The gallery, and what its parts said last. */
async function openGallery() {
  const opened = await openPage(browser, url);
  const { page } = opened;
  await page.goto('/');
  const said = page.getByTestId('said');
  await said.waitFor();
  return { ...opened, said: () => said.textContent(), rows: page.getByRole('grid').locator('tr[data-index]') };
}

test('every part is sound in both themes', async () => {
  await using opened = await openGallery();
  const { page, faults } = opened;
  await page.setViewportSize({ width: 1280, height: 1250 });
  await screenshot(page, 'parts');
  expect(await violationsOf(page)).toEqual([]);
  expect(faults).toEqual([]);
});

test('a table of thousands draws what is in sight, says how long it is and goes by keyboard to its end', async () => {
  await using opened = await openGallery();
  const { page, said, rows } = opened;
  expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('5001');
  expect(await rows.count()).toBeLessThan(40);
  await rows.first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  expect(await said()).toBe('S002');
  await page.keyboard.press('End');
  await page.locator('tr[data-index="4999"]:focus').waitFor();
  await page.keyboard.press('Enter');
  expect(await said()).toBe('S5000');
  await page.keyboard.press('Home');
  await page.locator('tr[data-index="0"]:focus').waitFor();
  await page.getByText('S004', { exact: true }).click();
  expect(await said()).toBe('S004');
});

test('a table is sorted by its heads, numbers as numbers, and nothing stays last', async () => {
  await using opened = await openGallery();
  const { page, rows } = opened;
  const age = page.getByRole('columnheader', { name: 'Age' });
  await page.getByRole('button', { name: 'Age' }).press('Enter');
  expect(await age.getAttribute('aria-sort')).toBe('ascending');
  expect(await rows.first().getByRole('gridcell').nth(2).textContent()).toBe('21');
  await page.getByRole('button', { name: 'Age' }).press('Enter');
  expect(await age.getAttribute('aria-sort')).toBe('descending');
  expect(await rows.first().getByRole('gridcell').nth(2).textContent()).toBe('79');
  await rows.first().focus();
  await page.keyboard.press('End');
  await page.locator('tr[data-index="4999"]:focus').waitFor();
  expect(await rows.last().getByRole('gridcell').nth(2).textContent()).toBe('');
  expect(await page.getByRole('columnheader', { name: 'State' }).getByRole('button').count()).toBe(0);
});

test('a text is shown as the text that it is, with its marks', async () => {
  await using opened = await openGallery();
  const { page, said } = opened;
  const note = page.getByTestId('note');
  expect(await note.textContent()).toContain('No <b>fever</b>, but a rash on both arms; {{rash}} since May.');
  expect(await note.locator('b').count()).toBe(0);
  const fever = note.locator('mark', { hasText: 'fever' });
  expect(await fever.evaluate((mark) => getComputedStyle(mark).textDecorationLine)).toContain('line-through');
  await fever.hover();
  await page.getByRole('tooltip').getByText('Set 1, negated by “No”').waitFor();
  expect(await fever.getAttribute('aria-description')).toBe('Set 1, negated by “No”');
  await note.locator('mark', { hasText: /^arms$/ }).click();
  expect(await said()).toBe('mark arms');
});

test('term sets differ in both themes: by colour, or else by the line below', async () => {
  await using opened = await openGallery();
  const { page } = opened;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor({ state: 'attached' });
    const looks = await page.locator('mark').evaluateAll((marks) =>
      marks.map((mark) => {
        const { backgroundColor, borderBottomStyle, borderBottomColor } = getComputedStyle(mark);
        return { backgroundColor, line: `${borderBottomStyle} ${borderBottomColor}` };
      }),
    );
    expect(new Set(looks.map(({ backgroundColor }) => backgroundColor)).size).toBe(8);
    expect(new Set(looks.map(({ line }) => line)).size).toBe(8);
    expect(looks.filter(({ backgroundColor }) => backgroundColor === 'rgba(0, 0, 0, 0)')).toEqual([]);
  }
});

test('a selection in a text with marks has the offsets of the text', async () => {
  await using opened = await openGallery();
  const { page, said } = opened;
  await page.evaluate(() => {
    const marks = [...document.querySelectorAll('mark')];
    const range = document.createRange();
    range.setStart(marks.find((mark) => mark.textContent === 'effect')?.firstChild ?? document.body, 2);
    range.setEnd(marks.find((mark) => mark.textContent === 'pain')?.firstChild ?? document.body, 4);
    getSelection()?.addRange(range);
  });
  await page.keyboard.press('e');
  expect(await said()).toBe('fect 😀 and pain');
});

test('keys count where they should: not while typing, not behind a dialog, and single ones can be switched off', async () => {
  await using opened = await openGallery();
  const { page, said } = opened;
  const field = page.getByRole('textbox', { name: 'A field' });
  await field.focus();
  await page.keyboard.press('j');
  expect([await said(), await field.inputValue()]).toEqual(['nothing', 'j']);
  await page.keyboard.press('Control+Enter');
  expect(await said()).toBe('sent');
  await field.blur();
  await page.keyboard.press('j');
  expect(await said()).toBe('j');
  await page.getByRole('button', { name: 'Release' }).click();
  await page.getByRole('dialog', { name: 'Release?' }).waitFor();
  await page.keyboard.press('e');
  expect(await said()).toBe('j');
  await page.keyboard.press('Enter');
  await page.getByText('cancelled').waitFor();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keys of this page' });
  await sheet.getByText('Say what is selected').waitFor();
  await sheet.getByRole('switch').press(' ');
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  await page.keyboard.press('j');
  expect(await said()).toBe('cancelled');
  await page.keyboard.press('Shift+ArrowDown');
  expect(await said()).toBe('j');
});

test('a question is answered yes only by its button', async () => {
  await using opened = await openGallery();
  const { page, said } = opened;
  const ask = () => page.getByRole('main').getByRole('button', { name: 'Release' }).click();
  await ask();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('cancelled').waitFor();
  await ask();
  await page.getByRole('dialog').getByRole('button', { name: 'Release' }).click();
  await page.getByText('released').waitFor();
  expect(await said()).toBe('released');
});
