import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
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
