import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { silent } from '../../base/index.ts';
import { importFhir } from '../import-fhir.ts';
import { how, newPlace } from '../records.test-support.ts';
import { assessQuality } from './assess-quality.ts';

const sample = join(import.meta.dirname, '../../../../shared/data/fhir-smart-10');

test.skipIf(!existsSync(sample))(
  '[R70][R89] a bulk export of a real server is checked (skipped where ../shared/data/fhir-smart-10 is absent)',
  async () => {
    using place = newPlace();
    await importFhir(place.workspace, [sample], how);
    const { checks } = await assessQuality(place.workspace, { asOf: '2026-01-31', progress: silent });
    const outcome = (of: string) => checks.filter((check) => check.outcome === of).map(({ id }) => id);
    expect(outcome('fail')).toEqual([]);
    expect(outcome('pass').length).toBeGreaterThan(70);
    // The export has no Observation.
    expect(outcome('not-applicable')).toContain('value-range/measurement');
  },
);
