import { spawn, spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generate } from '../demo/institution/index.ts';
import { currentSnapshot, openRecords, verifyRecords } from '../src/records/index.ts';
import { initWorkspace, openWorkspace } from '../src/workspace/index.ts';

/** `npm run test:slow` kills fifty times; every other run a few times. */
const KILLS = process.env.CHARTPROOF_SLOW ? 50 : 5;
const PATIENTS = 1000;
const folder = mkdtempSync(join(tmpdir(), 'chartproof-killed-'));
const input = join(folder, 'input');
const CLI = join(import.meta.dirname, '../bin/chartproof.js');

beforeAll(() => generate({ patients: PATIENTS, seed: 5, out: input }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const args = (dir: string): string[] => [CLI, 'import', 'fhir', join(input, 'fhir'), '-w', dir, '--json'];

function undisturbed(dir: string): { readonly snapshot: string; readonly milliseconds: number } {
  const began = performance.now();
  const done = spawnSync(process.execPath, args(dir), { encoding: 'utf8' });
  expect(done.stderr).toBe('');
  return { snapshot: JSON.parse(done.stdout).snapshot, milliseconds: performance.now() - began };
}

/** Starts an import and kills it after a while; whether it was still at work. */
function killed(dir: string, after: number): Promise<boolean> {
  const child = spawn(process.execPath, args(dir), { stdio: 'ignore' });
  const timer = setTimeout(() => child.kill('SIGKILL'), after);
  return new Promise((resolve) => {
    child.on('exit', (_code, signal) => {
      clearTimeout(timer);
      resolve(signal === 'SIGKILL');
    });
  });
}

async function rowsOf(dir: string): Promise<unknown> {
  const records = await openRecords(openWorkspace(dir));
  try {
    return await records.all(`SELECT count(*) AS n, sum(hash(c)) AS content FROM condition_occurrence c`);
  } finally {
    records.close();
  }
}

describe('an import that is killed', () => {
  test(`[R35] ${KILLS} times at random moments: the records verify each time, and the last run gives the snapshot of an undisturbed one`, async () => {
    const quiet = join(folder, 'quiet');
    initWorkspace(quiet);
    const { snapshot, milliseconds } = undisturbed(quiet);
    const place = join(folder, 'place');
    let interrupted = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      // Until an import is through, each is the first; then they begin anew.
      if (!existsSync(place) || currentSnapshot(openWorkspace(place)) !== undefined) {
        rmSync(place, { recursive: true, force: true });
        initWorkspace(place);
      }
      if (await killed(place, Math.random() * milliseconds)) interrupted += 1;
      const workspace = openWorkspace(place);
      expect((await verifyRecords(workspace)).faults).toEqual([]);
      const standing = currentSnapshot(workspace);
      expect(standing === undefined || standing === snapshot).toBe(true);
    }
    expect(interrupted).toBeGreaterThan(0);
    expect(undisturbed(place).snapshot).toBe(snapshot);
    expect((await verifyRecords(openWorkspace(place))).faults).toEqual([]);
    expect(await rowsOf(place)).toEqual(await rowsOf(quiet));
    expect(globSync('records/{staging,spill,**/*.tmp}', { cwd: place })).toEqual([]);
  });
});
