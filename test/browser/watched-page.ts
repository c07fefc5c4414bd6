import type { Browser, BrowserContext, Page } from 'playwright-core';

/** A page in a browser that has seen nothing before, and all that went wrong in it unsaid. */
export interface WatchedPage extends AsyncDisposable {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Exceptions, errors on the console and breaches of the content security policy; a failed call alone is none. */
  readonly faults: readonly string[];
}

/** Opens a page of 1280 by 800, the least that every page must be usable at. */
export async function openPage(browser: Browser, baseURL: string): Promise<WatchedPage> {
  const context = await browser.newContext({ baseURL, viewport: { width: 1280, height: 800 }, acceptDownloads: true });
  context.setDefaultTimeout(20_000);
  const faults: string[] = [];
  const page = await context.newPage();
  page.on('pageerror', (error) => faults.push(`${error.name}: ${error.message}`));
  page.on('console', (message) => {
    // Chromium writes this line for every answer of 400 and above; that some calls fail is part of the work.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      faults.push(message.text());
  });
  return { page, context, faults, [Symbol.asyncDispose]: () => context.close() };
}
