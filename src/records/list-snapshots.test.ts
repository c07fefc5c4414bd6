import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { silent } from '../base/index.ts';
import { listSnapshots } from './list-snapshots.ts';
import { findSnapshot, snapshotHistory } from './manifest.ts';
import { openRecords } from './open-records.ts';
import { condition, newPlace, patient } from './records.test-support.ts';
import type { TableName } from './tables.ts';

describe('the list of snapshots', () => {
  test('[R92] from the newest: what made each, its rows, what came and went, its size', async () => {
    using place = newPlace();
    const first = await place.import([patient('1'), condition('1', 'gout')], 'first.ndjson');
    const second = await place.import([condition('2', 'cough'), condition('3', 'fever')], 'second.ndjson');
    await place.import([condition('2', 'cough')], 'nothing-new.ndjson');
    const [newest, oldest, ...more] = await listSnapshots(place.workspace, silent);
    expect(more).toEqual([]);
    expect(newest).toMatchObject({
      snapshot: second.snapshot,
      isCurrent: true,
      parent: first.snapshot,
      at: second.at,
      kind: 'fhir',
      files: ['second.ndjson'],
      tables: { condition_occurrence: { rows: 3, added: 2, removed: 0 }, person: { rows: 1, added: 0, removed: 0 } },
    });
    expect(oldest).toMatchObject({
      snapshot: first.snapshot,
      isCurrent: false,
      parent: null,
      files: ['first.ndjson'],
      tables: { condition_occurrence: { rows: 1, added: 1, removed: 0 } },
    });
    expect(newest?.tables).not.toHaveProperty('measurement');
    for (const [table, { rows, added, removed }] of Object.entries(newest?.tables ?? {}))
      expect(rows - added + removed, table).toBe(oldest?.tables[table as TableName]?.rows ?? 0);

    const [manifest] = snapshotHistory(place.workspace);
    const sizes = Object.values(manifest?.tables ?? {}).map(
      ({ file }) => [file, statSync(join(place.workspace.paths.records, file)).size] as const,
    );
    expect(newest?.bytes).toBe(sizes.reduce((sum, [, size]) => sum + size, 0));
    const own = sizes.filter(([file]) => file.includes(second.snapshot));
    expect(newest?.ownBytes).toBe(own.reduce((sum, [, size]) => sum + size, 0));
    expect(newest?.ownBytes).toBeLessThan(newest?.bytes ?? 0);
    expect(oldest?.ownBytes).toBe(oldest?.bytes);
  });

  test('[R92] is empty before the first import', async () => {
    using place = newPlace();
    expect(await listSnapshots(place.workspace, silent)).toEqual([]);
  });
});

test('a snapshot is found by its id or the beginning of it', async () => {
  using place = newPlace();
  const { snapshot } = await place.import([patient('1')]);
  const other = await place.import([patient('2')]);
  expect(findSnapshot(place.workspace, snapshot).snapshot).toBe(snapshot);
  expect(findSnapshot(place.workspace, other.snapshot.slice(0, 8)).snapshot).toBe(other.snapshot);
  for (const name of ['', 'nothing', `${snapshot}0`])
    expect(() => findSnapshot(place.workspace, name), name).toThrow(
      expect.objectContaining({ code: 'records.no-snapshot' }),
    );
});

test('[R93] beside an older snapshot, tables can be read as they stand now', async () => {
  using place = newPlace();
  const first = await place.import([patient('1')]);
  await place.import([patient('2')]);
  const records = await openRecords(place.workspace, first.snapshot, ['person']);
  const count = (table: string) => records.all(`SELECT count(*) AS n FROM ${table}`);
  expect(await count('person')).toEqual([{ n: '1' }]);
  expect(await count('latest.person')).toEqual([{ n: '2' }]);
  await expect(count('latest.note')).rejects.toThrow();
  records.close();
});
