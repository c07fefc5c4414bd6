/** What the cohort is measured against: the hand-written SQL counts what the program counts. No time is measured. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cohortHospital } from '../bench/cohort-hospital.ts';
import { accountByHand } from '../bench/cohort-peer.ts';
import { accountByProgram, measureStep, newStudy } from '../bench/cohort-steps.ts';
import { readManifest } from '../src/records/manifest.ts';

test('the account by hand-written SQL is that of the program; every count of it is of somebody', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'chartproof-bench-'));
  try {
    const workspace = await cohortHospital(join(dir, 'workspace'), 20_000);
    const manifest = readManifest(workspace);
    if (!manifest) throw new Error('No records');
    const account = await accountByProgram(workspace, newStudy(workspace));
    expect(await accountByHand(workspace, manifest)).toEqual(account);
    expect(account.exclusions.filter(({ all }) => all === 0)).toEqual([]);
    expect(account.arms.filter(({ found, authorized }) => authorized === 0 || authorized === found)).toEqual([]);
    expect(Object.keys(account.overlap)).toHaveLength(7);
    for (const step of ['explain', 'person'] as const)
      expect((await measureStep(step, workspace.dir)).ownMs).toBeGreaterThan(0);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
