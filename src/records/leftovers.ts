import { existsSync, globSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Workspace } from '../workspace/index.ts';
import { snapshotHistory } from './manifest.ts';
import { codesFilesOf } from './used-codes.ts';

/** The folders of an import at work, and of a dry run. */
export const STAGING = 'staging';
export const DRY_STAGING = 'staging-dry';

/**
 * Removes what an import that died has left: its staging database, Parquet files and manifests of a snapshot that never
 * came to be, and its report. Call it while holding the lock of the records.
 */
export function removeLeftovers(workspace: Workspace): void {
  const { records } = workspace.paths;
  const history = snapshotHistory(workspace);
  const snapshots = new Set<string>(history.map(({ snapshot }) => snapshot));
  const named = history.flatMap(({ tables }) => Object.values(tables).map(({ file }) => file));
  const files = new Set(
    [...named, ...named.flatMap((file) => Object.values(codesFilesOf(file)))].map((file) => join(records, file)),
  );
  const found = (pattern: string) => globSync(pattern, { cwd: records }).map((path) => join(records, path));

  for (const folder of [STAGING, DRY_STAGING]) rmSync(join(records, folder), { recursive: true, force: true });
  for (const path of found('*/*.parquet')) if (!files.has(path)) rmSync(path);
  for (const path of found('snapshots/*.json')) if (!snapshots.has(nameOf(path))) rmSync(path);
  for (const path of found('imports/*.json')) {
    if (snapshots.has(snapshotOf(path))) continue;
    for (const leftover of found(`{quarantine,linkage}/${nameOf(path)}.*`)) rmSync(leftover);
    rmSync(path);
  }
  for (const path of found('{quarantine,linkage}/*')) {
    // What stewards decided, and looked at, is nobody's leftover.
    if (!['decisions', 'looks'].includes(nameOf(path)) && !existsSync(join(records, 'imports', `${nameOf(path)}.json`)))
      rmSync(path);
  }
  for (const path of found('{,*/}*.tmp')) rmSync(path);
}

/** The name up to its first dot. */
function nameOf(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? '').split('.', 1)[0] ?? '';
}

function snapshotOf(report: string): string {
  try {
    return String(JSON.parse(readFileSync(report, 'utf8')).snapshot);
  } catch {
    return '';
  }
}
