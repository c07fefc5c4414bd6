import { existsSync, rmSync, writeFileSync } from 'node:fs';
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
    return await records.all(`SELECT vocabulary_id, code FROM ${await records.usedCodes()} ORDER BY code`);
  } finally {
    records.close();
  }
}

const icd = (...codes: string[]) => codes.map((code) => ({ vocabulary_id: 'ICD10CM', code }));
const fileOf = ({ workspace }: Place, snapshot: string) =>
  join(workspace.paths.records, 'coding', `${snapshot}.codes.parquet`);

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

  test.each([
    ['missing', (file: string) => rmSync(file)],
    ['damaged', (file: string) => writeFileSync(file, 'not Parquet')],
  ])('[R143] are worked out again where their file is %s', async (_, spoil) => {
    using place = newPlace();
    const { snapshot } = await place.import([patient('1'), coded('a', 'M10.0')]);
    await codesIn(place);
    spoil(fileOf(place, snapshot));
    expect(await codesIn(place)).toEqual(icd('M10.0'));
    expect(await codesIn(place)).toEqual(icd('M10.0'));
  });

  test('[R143] are none where nothing is coded', async () => {
    using place = newPlace();
    await place.import([patient('1')]);
    expect(await codesIn(place)).toEqual([]);
  });
});
