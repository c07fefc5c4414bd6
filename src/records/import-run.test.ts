import { copyFileSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withLock } from '../workspace/index.ts';
import { importFhir } from './import-fhir.ts';
import { importReports } from './import-report.ts';
import { currentSnapshot, snapshotHistory } from './manifest.ts';
import { openRecords } from './open-records.ts';
import { condition, how, newPlace, patient } from './records.test-support.ts';

const count = 'SELECT count(*) AS n FROM condition_occurrence';

describe('snapshots', () => {
  test('[R35] what a dead import left is cleared, and the import done again gives what it would have given', async () => {
    using place = newPlace();
    const { records, manifest } = place.workspace.paths;
    await place.import([patient('1'), condition('1', 'gout')]);
    const before = readFileSync(manifest, 'utf8');
    const died = await place.import([condition('2', 'gout')], 'more.ndjson');

    // Killed before the manifest was replaced: its tables, its report and its staging folder stand there.
    writeFileSync(manifest, before);
    mkdirSync(join(records, 'staging'));
    writeFileSync(join(records, 'staging', 'staging.duckdb'), 'half a database');
    writeFileSync(`${manifest}.1.tmp`, '{');
    expect(await place.query(count)).toEqual([{ n: '1' }]);

    const again = await place.import([condition('2', 'gout')], 'more.ndjson');
    expect(again).toEqual(died);
    expect(await place.query(count)).toEqual([{ n: '2' }]);
    expect(existsSync(join(records, 'staging'))).toBe(false);
    expect(globSync('**/*.tmp', { cwd: records })).toEqual([]);
  });

  test('[R35] a Parquet file without a manifest is removed by the next import', async () => {
    using place = newPlace();
    const { records } = place.workspace.paths;
    await place.import([patient('1'), condition('1', 'gout')]);
    const [file = ''] = globSync('condition_occurrence/*.parquet', { cwd: records });
    copyFileSync(join(records, file), join(records, 'condition_occurrence', '0123456789abcdef.parquet'));
    await place.import([condition('2', 'gout')]);
    expect(existsSync(join(records, 'condition_occurrence', '0123456789abcdef.parquet'))).toBe(false);
    expect(existsSync(join(records, file))).toBe(true);
  });

  test('[R36] an older snapshot stays as it was', async () => {
    using place = newPlace();
    const first = await place.import([patient('1'), condition('1', 'gout')]);
    const second = await place.import([condition('2', 'gout')]);
    expect(currentSnapshot(place.workspace)).toBe(second.snapshot);
    expect(snapshotHistory(place.workspace).map(({ snapshot }) => snapshot)).toEqual([second.snapshot, first.snapshot]);
    const old = await openRecords(place.workspace, first.snapshot);
    expect(await old.all(count)).toEqual([{ n: '1' }]);
    old.close();
  });

  test('[R100] a dry run tells what would become of the lines, and keeps nothing', async () => {
    using place = newPlace();
    const { records } = place.workspace.paths;
    await place.import([patient('1'), condition('1', 'gout')]);
    const kept = () => globSync('**/*.*', { cwd: records }).sort();
    const before = kept();
    const more = place.write('more.ndjson', [condition('1', 'gout'), condition('2', 'gout'), 'no JSON']);
    const dry = await importFhir(place.workspace, [more], { ...how, dryRun: true });
    expect(dry).toMatchObject({ dryRun: true, changed: true, lines: 3, stored: 1, superseded: 1, quarantined: 1 });
    expect(dry.quarantineFile).toBeUndefined();
    expect(kept()).toEqual(before);
    expect(await place.query(count)).toEqual([{ n: '1' }]);
    const real = await importFhir(place.workspace, [more], how);
    expect(real).toMatchObject({ tables: { condition_occurrence: 2 } });
    const same = { ...real, quarantineFile: undefined, tables: dry.tables };
    expect(dry).toEqual({ ...same, dryRun: true });
  });

  test('[R100] a dry run leaves what a dead import left, and the next import clears what a dead dry run left', async () => {
    using place = newPlace();
    const { records, manifest } = place.workspace.paths;
    await place.import([patient('1'), condition('1', 'gout')]);
    const before = readFileSync(manifest, 'utf8');
    await place.import([condition('2', 'gout'), 'no JSON'], 'more.ndjson');
    writeFileSync(manifest, before);
    for (const folder of ['staging', 'staging-dry']) {
      mkdirSync(join(records, folder));
      writeFileSync(join(records, folder, 'staging.duckdb'), 'half a database');
    }
    const kept = () => globSync('**/*.*', { cwd: records }).filter((path) => !path.startsWith('staging-dry'));
    const left = kept();
    const more = place.write('more.ndjson', [condition('2', 'gout')]);
    expect(await importFhir(place.workspace, [more], { ...how, dryRun: true })).toMatchObject({ stored: 1 });
    expect(kept()).toEqual(left);
    expect(existsSync(join(records, 'staging-dry'))).toBe(false);

    mkdirSync(join(records, 'staging-dry'));
    await importFhir(place.workspace, [more], how);
    expect(globSync('staging*', { cwd: records })).toEqual([]);
  });

  test('reports are kept in the order of their times', async () => {
    using place = newPlace();
    const reports = [await place.import([patient('1')]), await place.import([patient('2')])];
    expect(importReports(place.workspace)).toHaveLength(2);
    expect(importReports(place.workspace)).toEqual(expect.arrayContaining(reports));
  });

  test('an import that finds another at work is refused', async () => {
    using place = newPlace();
    const attempt = withLock(place.workspace, 'records', () => place.import([patient('1')]));
    await expect(attempt).rejects.toMatchObject({ code: 'workspace.locked' });
  });

  test('a manifest that was changed by hand is an error', async () => {
    using place = newPlace();
    await place.import([patient('1')]);
    writeFileSync(place.workspace.paths.manifest, '{}');
    await expect(openRecords(place.workspace)).rejects.toMatchObject({ code: 'records.manifest-unreadable' });
    rmSync(place.workspace.paths.manifest);
    await expect(openRecords(place.workspace)).rejects.toMatchObject({ code: 'records.none' });
  });
});
