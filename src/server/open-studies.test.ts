import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { silent } from '../base/index.ts';
import { importFhir } from '../records/index.ts';
import { psoriasisStudy } from '../review/psoriasis-study.test-support.ts';
import type { Workspace } from '../workspace/index.ts';
import { openStudies } from './open-studies.ts';

describe('open studies', () => {
  test('[R30] a study is opened once for many calls', async () => {
    using study = await psoriasisStudy();
    const studies = openStudies(study.workspace);
    const { id } = study.review.protocol;
    const opened = await Promise.all([1, 2, 3].map(() => studies.with(id, (open) => open)));
    opened.push(await studies.with(id, (open) => open));
    expect(new Set(opened).size).toBe(1);
    studies.close();
  });

  test('[R30] a refusal that is imported counts from the next call on, and a call that goes on keeps its study', async () => {
    using study = await psoriasisStudy();
    const studies = openStudies(study.workspace);
    const { id } = study.review.protocol;
    const persons = () => studies.with(id, ({ review }) => review.persons.size);
    expect(await persons()).toBe(3);
    const { promise: until, resolve: release } = Promise.withResolvers<void>();
    const long = studies.with(id, async ({ gate }) => {
      await until;
      return (await gate.all('SELECT person_id FROM person')).length;
    });
    await refuse(study.workspace, '1');
    expect(await persons()).toBe(2);
    release();
    expect(await long).toBeGreaterThan(2);
    studies.close();
  });

  test('[R31] one that cannot be opened is an error each time, and is tried again', async () => {
    using study = await psoriasisStudy();
    const studies = openStudies(study.workspace);
    for (const _ of [1, 2]) await expect(studies.with('no-such-study', () => 1)).rejects.toThrow('no study');
    expect(await studies.with(study.review.protocol.id, () => 1)).toBe(1);
    studies.close();
  });
});

async function refuse(workspace: Workspace, patient: string): Promise<void> {
  const file = join(workspace.dir, '..', 'refusal.ndjson');
  const consent = {
    resourceType: 'Consent',
    id: `refusal-${patient}`,
    status: 'active',
    scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'research' }] },
    patient: { reference: `Patient/${patient}` },
    dateTime: '2014-01-01',
    provision: { type: 'deny' },
  };
  writeFileSync(file, JSON.stringify(consent));
  await importFhir(workspace, [file], { progress: silent, now: '2024-02-01T00:00:00Z' });
}
