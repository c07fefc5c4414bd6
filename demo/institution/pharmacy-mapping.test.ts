import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { silent } from '../../src/base/index.ts';
import { importFhir, importTable } from '../../src/records/index.ts';
import { initWorkspace } from '../../src/workspace/index.ts';
import { generate } from './generate.ts';

const dir = mkdtempSync(join(tmpdir(), 'chartproof-pharmacy-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test("the pharmacy's fills find their persons by its mapping; its walk-in customers find nobody", async () => {
  const out = join(dir, 'institution');
  await generate({ patients: 1000, seed: 3, out });
  const workspace = initWorkspace(join(dir, 'workspace'));
  const how = { progress: silent, now: '2024-01-01T00:00:00Z' };
  await importFhir(workspace, [join(out, 'fhir')], how);
  const mapping = join(out, 'pharmacy/mapping.yaml');
  const report = await importTable(workspace, mapping, [join(out, 'pharmacy/compounding.csv')], how);
  expect(report.stored).toBeGreaterThan(0);
  expect(report.quarantined).toBe(report.linkage?.unlinked);
  expect(report.linkage?.byRule.record_number).toBe(report.stored);
  expect(report.lines).toBe(report.stored + report.quarantined);
});
