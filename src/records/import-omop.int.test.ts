import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { importOmop } from './import-omop.ts';
import { how, newPlace } from './records.test-support.ts';

const sample = join(import.meta.dirname, '../../../shared/data/omop-gibleed');

/** The rows of every file, counted by a library that the import does not use for it. */
function countByHand(): Record<string, number> {
  const files = readdirSync(sample).filter((name) => name.endsWith('.csv.gz'));
  return Object.fromEntries(
    files.map((name) => {
      const rows = parse(gunzipSync(readFileSync(join(sample, name))), { from_line: 2, relax_column_count: true });
      return [name.replace('.csv.gz', ''), rows.length];
    }),
  );
}

describe('a public CDM', () => {
  test.skipIf(!existsSync(sample))(
    '[R122][R125] is imported whole, and again without a change (skipped where ../shared/data/omop-gibleed is absent)',
    async () => {
      using place = newPlace();
      const report = await importOmop(place.workspace, [sample], how);
      const expected = countByHand();
      expect(Object.fromEntries(Object.entries(report.byType).map(([type, { lines }]) => [type, lines]))).toEqual(
        expected,
      );
      const stored = Object.keys(report.tables).filter((table) => Object.hasOwn(expected, table));
      expect(stored.length).toBe(13);
      for (const table of stored) expect(report.tables[table], table).toBe(expected[table]);
      expect(report).toMatchObject({ quarantined: 0, superseded: 0 });
      const lost = await place.query(`SELECT count(*) AS n FROM condition_occurrence
        WHERE person_id NOT IN (SELECT person_id FROM person) OR condition_start_date IS NULL OR src_line IS NULL`);
      expect(lost).toEqual([{ n: '0' }]);
      const again = await importOmop(place.workspace, [sample], how);
      expect(again).toMatchObject({ changed: false, snapshot: report.snapshot, stored: 0, lines: report.lines });
    },
    240_000,
  );
});
