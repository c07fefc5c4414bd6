import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { importFhir } from './import-fhir.ts';
import type { Account } from './import-report.ts';
import { mutatedLine } from './mutated-lines.test-support.ts';
import { recordsOf } from './piece-records.ts';
import { cutFiles } from './pieces.ts';
import { how, newPlace } from './records.test-support.ts';

const IMPORTS = 20;
const LINES = 500;

/** How many records stand in a file: lines, and the entries of Bundles in them. */
async function recordsIn(path: string, bytes: number): Promise<number> {
  let count = 0;
  for await (const { pieces } of cutFiles([{ path, name: 'x', bytes }], bytes)) {
    for (const piece of pieces) for await (const block of recordsOf(piece)) count += [...block].length;
  }
  return count;
}

const closes = ({ lines, stored, superseded, unmapped, quarantined }: Account): boolean =>
  lines === stored + superseded + unmapped + quarantined;

describe('ten thousand lines that something has happened to', () => {
  test('[R6][R19] none of them stops an import, and the account always closes', async () => {
    let mutated = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(mutatedLine, { minLength: LINES, maxLength: LINES }), async (lines) => {
        using place = newPlace();
        const folder = join(place.dir, 'input');
        mkdirSync(folder);
        const path = join(folder, 'lines.ndjson');
        const content = Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
        writeFileSync(path, content);
        const report = await importFhir(place.workspace, [folder], how);
        expect(report.lines).toBe(await recordsIn(path, content.length));
        expect(report.lines).toBeGreaterThanOrEqual(LINES);
        expect(closes(report)).toBe(true);
        expect(Object.values(report.byType).every(closes)).toBe(true);
        expect(Object.values(report.reasons).reduce((sum, n) => sum + n, 0)).toBe(report.quarantined);
        // What stands is there: as many resources as lines were stored, and the same again changes nothing.
        const [standing] = await place.query('SELECT count(*) AS n FROM person');
        expect(Number(standing?.n)).toBe(report.byType.Patient?.stored ?? 0);
        const again = await importFhir(place.workspace, [folder], how);
        expect([again.changed, again.stored, again.quarantined]).toEqual([false, 0, report.quarantined]);
        mutated += lines.length;
      }),
      { numRuns: IMPORTS, endOnFailure: true },
    );
    expect(mutated).toBe(IMPORTS * LINES);
  });
});
