/** The browser of the tests: Debian's Chromium, with a profile of its own that is thrown away. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Starts Chromium; close it when done. Installs Debian's where there is none and we may, or says how to. */
export function startChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium() ?? installChromium(),
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

function findChromium(): string | undefined {
  const named = process.env.CHARTPROOF_CHROMIUM;
  if (named !== undefined && !existsSync(named))
    throw new Error(`CHARTPROOF_CHROMIUM names ${named}, which is not there`);
  return named ?? PLACES.find((place) => existsSync(place));
}

function installChromium(): string {
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (mayInstall) {
    execFileSync('apt-get', ['update'], { stdio: 'ignore' });
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { stdio: 'ignore' });
  }
  const found = findChromium();
  if (found !== undefined) return found;
  throw new Error(
    'Tests in the browser need Chromium: sudo apt-get install chromium, or name one with CHARTPROOF_CHROMIUM=/path/to/chromium',
  );
}
