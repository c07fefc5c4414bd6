import type { Progress, SnapshotId } from '../../base/index.ts';
import { type Indexed, indexNotes } from '../../notes/index.ts';
import { openRecords, snapshotHistory } from '../../records/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { studySnapshots } from './study-snapshots.ts';

/** {@link indexStanding}, and what it came to for the current records. */
export async function indexCurrent(workspace: Workspace, progress: Progress): Promise<Indexed> {
  const current = (await indexStanding(workspace, progress)).at(-1);
  return current ?? indexSnapshot(workspace, progress);
}

/**
 * Brings the index of the notes to the current records. Where it was made anew, the snapshots that studies stand on come
 * before: their notes must be found too. Gives what it came to for each, the current one last. Error: `records.none`.
 */
export async function indexStanding(
  workspace: Workspace,
  progress: Progress,
  further: readonly SnapshotId[] = [],
): Promise<readonly Indexed[]> {
  const wanted = new Set([...studySnapshots(workspace).map((study) => study.snapshot), ...further]);
  const [current, ...older] = snapshotHistory(workspace).map(({ snapshot }) => snapshot);
  const indexed: Indexed[] = [];
  for (const snapshot of older.reverse())
    if (wanted.has(snapshot)) indexed.push(await indexSnapshot(workspace, progress, snapshot));
  return [...indexed, await indexSnapshot(workspace, progress, current)];
}

/** Brings the index of the notes to a snapshot, the current one unless named; nothing where it has it. */
export async function indexSnapshot(workspace: Workspace, progress: Progress, snapshot?: SnapshotId): Promise<Indexed> {
  const records = await openRecords(workspace, snapshot);
  try {
    return await indexNotes(workspace, records, { progress });
  } finally {
    records.close();
  }
}
