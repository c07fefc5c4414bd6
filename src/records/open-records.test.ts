import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rowId, type SnapshotId } from '../base/index.ts';
import { openRecords } from './open-records.ts';
import { newPlace, patient } from './records.test-support.ts';

describe('reading the records', () => {
  test('batches stream: a query of a billion rows is left after its first thousands', async () => {
    using place = newPlace();
    await place.import([patient('1')]);
    const records = await openRecords(place.workspace);
    const batches = records.batches<{ i: string }>('SELECT i FROM range(1000000000) numbers(i)');
    const { value } = await batches.next();
    expect(value?.length).toBeGreaterThan(0);
    expect(value?.length).toBeLessThan(10_000);
    await batches.return(undefined);
    records.close();
  });

  test('batches give every row, once and in order', async () => {
    using place = newPlace();
    await place.import([patient('1')]);
    const records = await openRecords(place.workspace);
    const seen: string[] = [];
    for await (const batch of records.batches<{ i: string }>('SELECT i FROM range(5000) numbers(i) ORDER BY i')) {
      seen.push(...batch.map(({ i }) => i));
    }
    expect(seen).toEqual(Array.from({ length: 5000 }, (_, at) => String(at)));
    records.close();
  });

  test('queries at the same time each give every row, and so does a list that is read meanwhile', async () => {
    using place = newPlace();
    await place.import([patient('1')]);
    const records = await openRecords(place.workspace);
    const query = 'SELECT i FROM range(9000) numbers(i)';
    const counted = async (): Promise<number> => {
      let rows = 0;
      for await (const batch of records.batches(query)) rows += batch.length;
      return rows;
    };
    const all = (await Promise.all([records.all(query), records.all(query), records.all(query)])).map(
      (rows) => rows.length,
    );
    expect(all).toEqual([9000, 9000, 9000]);
    expect(await Promise.all([counted(), records.all(query).then((rows) => rows.length), counted()])).toEqual([
      9000, 9000, 9000,
    ]);
    await expect(records.all('SELECT nothing')).rejects.toThrow();
    expect(await records.all('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    records.close();
  });

  test('names are looked for in the schema that was named, also by queries that run at once', async () => {
    using place = newPlace();
    await place.import([patient('1')]);
    const records = await openRecords(place.workspace);
    await records.run('CREATE SCHEMA other; CREATE TABLE other.thing AS SELECT 7 AS n');
    await records.lookIn('other');
    const asked = Array.from({ length: 6 }, () => records.all<{ n: number }>('SELECT n FROM thing'));
    expect((await Promise.all(asked)).flat().map(({ n }) => n)).toEqual([7, 7, 7, 7, 7, 7]);
    records.close();
  });

  test('[R8] ids go in and out as text without being rounded', async () => {
    using place = newPlace();
    await place.import([patient('1'), patient('2')]);
    const records = await openRecords(place.workspace);
    const id = rowId('Patient/2');
    const query = 'SELECT person_id, person_source_value AS name FROM person';
    expect(await records.all(`${query} WHERE person_id = $1`, [id])).toEqual([{ person_id: id, name: 'Patient/2' }]);
    expect(
      await records.all(`${query} WHERE list_contains($ids, person_id)`, { ids: [BigInt(rowId('Patient/2'))] }),
    ).toEqual([{ person_id: id, name: 'Patient/2' }]);
    records.close();
  });

  test('values are plain: days as text, lists, structs, null', async () => {
    using place = newPlace();
    await place.import([patient('1')]);
    expect(
      await place.query("SELECT DATE '2012-03-05' AS day, [1, 2] AS list, {'a': 1} AS struct, NULL AS none"),
    ).toEqual([{ day: '2012-03-05', list: [1, 2], struct: { a: 1 }, none: null }]);
  });

  test.each([
    ['missing', (file: string) => rmSync(file)],
    ['changed', (file: string) => writeFileSync(file, 'not Parquet')],
  ])('a file that is %s is named', async (_, spoil) => {
    using place = newPlace();
    const { snapshot } = await place.import([patient('1')]);
    const file = join(place.workspace.paths.records, 'person', `${snapshot}.parquet`);
    spoil(file);
    const opened = openRecords(place.workspace);
    await expect(opened).rejects.toMatchObject({ code: 'records.file-unreadable', place: { file } });
  });

  test('there is nothing to open before an import, nor a snapshot that was never made', async () => {
    using place = newPlace();
    await expect(openRecords(place.workspace)).rejects.toMatchObject({ code: 'records.none' });
    const other = openRecords(place.workspace, '0123456789abcdef' as SnapshotId);
    await expect(other).rejects.toMatchObject({ code: 'records.no-snapshot' });
  });
});
