import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importFhir } from './import-fhir.ts';
import { how, newPlace } from './records.test-support.ts';

const sample = join(import.meta.dirname, '../../../shared/data/fhir-smart-10');

describe('a bulk export of a real server', () => {
  test.skipIf(!existsSync(sample))(
    '[R4][R6][R8] is imported whole, and again without a change (skipped where ../shared/data/fhir-smart-10 is absent)',
    async () => {
      using place = newPlace();
      const report = await importFhir(place.workspace, [sample], how);
      expect(report.tables).toMatchObject({ person: 13, note: 1215 });
      expect(report.stored + report.superseded + report.unmapped + report.quarantined).toBe(report.lines);
      expect(report).toMatchObject({ lines: 7164, unmapped: 16, quarantined: 4 });
      // log.ndjson is the log of the export: no FHIR, and told as such.
      expect(report.reasons).toEqual({ 'fhir.not-a-resource': 4 });
      const lost = await place.query(`SELECT count(*) AS n FROM note
        WHERE src_file IS NULL OR src_line IS NULL OR src_id IS NULL OR note_text = '' OR person_id NOT IN (SELECT person_id FROM person)`);
      expect(lost).toEqual([{ n: '0' }]);
      const placeless = await place.query(`SELECT count(*) AS n FROM visit_occurrence
        WHERE care_site_id IS NULL OR care_site_id NOT IN (SELECT care_site_id FROM care_site)`);
      expect(placeless).toEqual([{ n: '0' }]);
      const again = await importFhir(place.workspace, [sample], how);
      expect(again).toMatchObject({ changed: false, snapshot: report.snapshot, stored: 0, lines: 7164 });
    },
  );
});
