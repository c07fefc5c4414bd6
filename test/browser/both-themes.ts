/** What is asked of a page in light and in dark. */
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds against WCAG 2.2 AA, in both themes, as `theme rule: where`; nothing where all is well. */
export function violationsOf(page: Page): Promise<readonly string[]> {
  return inBothThemes(page, async (theme) => {
    const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${theme} ${id}: ${target.join(' ')} ${failureSummary}`),
    );
  });
}

/** Pictures of what is in sight, in both themes, to be looked at: `name-light.png` and `name-dark.png` of the folder that is named. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = process.env.CHARTPROOF_SCREENSHOTS ?? join(tmpdir(), 'chartproof-screenshots');
  mkdirSync(folder, { recursive: true });
  await inBothThemes(page, async (theme) => {
    await page.screenshot({ path: join(folder, `${name}-${theme}.png`), animations: 'disabled' });
    return [];
  });
}

/** How far the page reaches beyond the window to the right, in pixels. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

async function inBothThemes(
  page: Page,
  look: (theme: 'light' | 'dark') => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const theme of ['light', 'dark'] as const) {
    // Without motion the colours are there at once, and not on their way.
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.locator(`html[data-mantine-color-scheme=${theme}]`).waitFor({ state: 'attached' });
    found.push(...(await look(theme)));
  }
  return found;
}
