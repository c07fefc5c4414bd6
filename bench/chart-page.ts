/**
 * `npm run bench:chart [-- --runs 9 --json]`: how long a chart takes to open in Chromium, from the address to its notes and
 * timeline on the screen: one of 20 notes beside one of 2,000 with 20,000 measurements, against a real server, in turn.
 * Medians of the runs; the ratio is of medians. Beside it the calls that the page makes, at the server alone.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { startChromium } from '../test/browser/chromium.ts';
import { servedWorkspace, signIn } from '../test/browser/served-workspace.ts';
import { buildCharts, STUDY, subjectNamed } from './chart-hospital.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '9' },
    notes: { type: 'string', default: '2000' },
    json: { type: 'boolean', default: false },
  },
});
const FEW = 20;
const runs = Number(values.runs);
const many = Number(values.notes);
const dir = mkdtempSync(join(tmpdir(), 'chartproof-bench-'));

try {
  const workspace = await buildCharts(dir, FEW, many, many * 10);
  await using served = await servedWorkspace(workspace, { reader: [{ role: 'owner', study: STUDY }] });
  const browser = await startChromium();
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await signIn(page, served.url, 'reader');
  const times: Record<'few' | 'many', number[]> = { few: [], many: [] };
  for (let run = 0; run <= runs; run += 1) {
    for (const name of ['few', 'many'] as const) {
      const took = await open(page, `${served.url}/studies/${STUDY}/charts/${subjectNamed(workspace, name)}`);
      if (run > 0) times[name].push(took); // the first opens the study
    }
  }
  await browser.close();
  const few = median(times.few);
  const lots = median(times.many);
  const result = { runs, notes: [FEW, many], ms: [few, lots], ratio: lots / few };
  process.stdout.write(
    values.json
      ? `${JSON.stringify(result)}\n`
      : `A chart of ${FEW} notes opens in ${few.toFixed(0)} ms, one of ${many} in ${lots.toFixed(0)} ms: ${result.ratio.toFixed(2)} times as long (medians of ${runs}).\n`,
  );
} finally {
  rmSync(dir, { recursive: true, force: true });
}

/** Milliseconds until the list of notes and the marks of the timeline are there. */
async function open(page: Page, url: string): Promise<number> {
  await page.goto('about:blank');
  const begun = performance.now();
  await page.goto(url, { waitUntil: 'commit' });
  await page.locator('[role=listbox][aria-label=Notes] [role=option]').first().waitFor();
  await page.locator('svg rect[data-lane=note]').first().waitFor();
  return performance.now() - begun;
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
