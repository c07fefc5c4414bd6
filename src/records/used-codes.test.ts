import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SnapshotId } from '../base/index.ts';
import { openRecords } from './open-records.ts';
import { condition, newPlace, type Place, patient } from './records.test-support.ts';

const coded = (id: string, code: string) =>
  condition(id, 'Gout', undefined, { code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code }] } });

async function codesIn({ workspace }: Place, snapshot?: SnapshotId): Promise<unknown[]> {
  const records = await openRecords(workspace, snapshot);
  try {
    expect(await records.usedCodes()).toBe(await records.usedCodes());
    const { codes, rows } = await records.usedCodes();
    const found = await records.all<{ code: string }>(
      `SELECT vocabulary_id, code, count(row_id)::INTEGER AS n FROM ${codes} LEFT JOIN ${rows} USING (code_id) GROUP BY ALL ORDER BY code`,
    );
    const counted = await records.all(
      'SELECT vocabulary_id, code, count(*)::INTEGER AS n FROM main.coding GROUP BY ALL ORDER BY code',
    );
    expect(found).toEqual(counted);
    return found;
  } finally {
    records.close();
  }
}

const icd = (...codes: string[]) => codes.map((code) => expect.objectContaining({ vocabulary_id: 'ICD10CM', code }));
const fileOf = ({ workspace }: Place, snapshot: string, what = 'codes') =>
  join(workspace.paths.records, 'coding', `${snapshot}.${what}.parquet`);

describe('the codes that stand in a snapshot', () => {
  test('[R143] are those of its codings, each once, and are kept for the next time whatever is imported later', async () => {
    using place = newPlace();
    const first = await place.import([patient('1'), coded('a', 'M10.0'), coded('b', 'M10.0'), coded('c', 'M109')]);
    expect(await codesIn(place)).toEqual(icd('M10.0', 'M109'));
    const second = await place.import([coded('d', 'L40')]);
    expect(existsSync(fileOf(place, first.snapshot))).toBe(true);
    expect(await codesIn(place)).toEqual(icd('L40', 'M10.0', 'M109'));
    expect(await codesIn(place)).toEqual(icd('L40', 'M10.0', 'M109'));
    expect(await codesIn(place, first.snapshot as SnapshotId)).toEqual(icd('M10.0', 'M109'));
    expect(existsSync(fileOf(place, second.snapshot))).toBe(true);
  });

  test.each(
    ['codes', 'by-code'].flatMap((what) => [
      [what, 'missing', (file: string) => rmSync(file)] as const,
      [what, 'damaged', (file: string) => writeFileSync(file, 'not Parquet')] as const,
    ]),
  )('[R143] are worked out again where the file of %s is %s', async (what, _, spoil) => {
    using place = newPlace();
    const { snapshot } = await place.import([patient('1'), coded('a', 'M10.0')]);
    await codesIn(place);
    spoil(fileOf(place, snapshot, what));
    expect(await codesIn(place)).toEqual(icd('M10.0'));
    expect(statSync(fileOf(place, snapshot, what)).size).toBeGreaterThan('not Parquet'.length);
    expect(await codesIn(place)).toEqual(icd('M10.0'));
  });

  test('[R143] are the same where they cannot be kept', async () => {
    using place = newPlace();
    const { snapshot } = await place.import([patient('1'), coded('a', 'M10.0'), coded('b', 'L40')]);
    // A folder in the place of the file: root may write anywhere else.
    mkdirSync(fileOf(place, snapshot, 'by-code'));
    writeFileSync(join(fileOf(place, snapshot, 'by-code'), 'something'), '');
    expect(await codesIn(place)).toEqual(icd('L40', 'M10.0'));
  });

  test('[R143] are none where nothing is coded', async () => {
    using place = newPlace();
    await place.import([patient('1')]);
    expect(await codesIn(place)).toEqual([]);
  });
});
