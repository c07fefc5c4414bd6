import { copyFileSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openRecords } from './open-records.ts';
import { condition, newPlace, patient } from './records.test-support.ts';
import { verifyRecords } from './verify-records.ts';

describe('verifying the records', () => {
  test('sound records have no fault, and every file of every snapshot is read', async () => {
    using place = newPlace();
    await place.import([patient('1'), condition('1', 'gout')]);
    await place.import([condition('2', 'gout')], 'more.ndjson');
    const files = globSync('*/*.parquet', { cwd: place.workspace.paths.records });
    expect(await verifyRecords(place.workspace)).toEqual({ snapshots: 2, files: files.length, faults: [] });
  });

  test('what is kept beside codings is held against them', async () => {
    using place = newPlace();
    const { records } = place.workspace.paths;
    const coded = (id: string, code: string) =>
      condition(id, 'Gout', undefined, { code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code }] } });
    const keep = async () => {
      const opened = await openRecords(place.workspace);
      await opened.usedCodes();
      opened.close();
    };
    const { snapshot: first } = await place.import([patient('1'), coded('a', 'M10.0')]);
    await keep();
    const { snapshot: second } = await place.import([coded('b', 'L40')], 'more.ndjson');
    await keep();
    expect((await verifyRecords(place.workspace)).faults).toEqual([]);
    const file = (snapshot: string): string => `coding/${snapshot}.by-code.parquet`;
    copyFileSync(join(records, file(first)), join(records, file(second)));
    expect((await verifyRecords(place.workspace)).faults).toEqual([
      { file: file(second), snapshot: second, fault: 'derived' },
    ]);
    writeFileSync(join(records, file(second)), 'not Parquet');
    expect((await verifyRecords(place.workspace)).faults.map(({ fault }) => fault)).toEqual(['derived']);
  });

  test('a missing file, a damaged one and one with other rows are named', async () => {
    using place = newPlace();
    const { records } = place.workspace.paths;
    await place.import([patient('1'), patient('2'), condition('1', 'gout')]);
    await place.import([patient('3')], 'more.ndjson');
    const [person = '', older = ''] = globSync('person/*.parquet', { cwd: records });
    const [conditions = ''] = globSync('condition_occurrence/*.parquet', { cwd: records });
    const [identity = ''] = globSync('person_identity/*.parquet', { cwd: records });
    writeFileSync(join(records, person), readFileSync(join(records, older)));
    const bytes = readFileSync(join(records, conditions));
    writeFileSync(join(records, conditions), bytes.fill(0, 4, bytes.length / 2));
    rmSync(join(records, identity));
    const { faults } = await verifyRecords(place.workspace);
    expect(faults.map(({ file, fault }) => [file, fault]).sort()).toEqual(
      [
        [conditions, 'unreadable'],
        [identity, 'unreadable'],
        [person, 'rows'],
      ].sort(),
    );
  });
});
