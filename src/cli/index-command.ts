import { Command } from 'commander';
import type { Progress, SnapshotId } from '../base/index.ts';
import { studySnapshots } from '../cohort/index.ts';
import { type Indexed, indexNotes, removeNoteIndex } from '../notes/index.ts';
import { findSnapshot, openRecords, snapshotHistory } from '../records/index.ts';
import { openWorkspace, type Workspace } from '../workspace/index.ts';
import { type CommonOptions, example, jsonOption, workspaceOption } from './options.ts';
import { columns, print } from './output.ts';
import { runSteps } from './steps.ts';

interface IndexOptions extends CommonOptions {
  readonly rebuild: boolean;
  readonly snapshot?: string;
}

/** `chartproof index` */
export function indexCommand(): Command {
  return new Command('index')
    .description('bring the index of the notes to the current records, and to those that studies stand on')
    .option('--rebuild', 'take it away and make it anew; until that is done, no notes can be searched', false)
    .option('--snapshot <snapshot>', 'a further snapshot, or the beginning of its id, such as one of an older search')
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof index -w ~/dermatology', 'chartproof index --rebuild -w ~/dermatology'))
    .action(async (options: IndexOptions) => {
      const workspace = openWorkspace(options.workspace);
      const further = options.snapshot === undefined ? [] : [findSnapshot(workspace, options.snapshot).snapshot];
      const done: { snapshots?: readonly Indexed[] } = {};
      const run = async (progress: Progress): Promise<void> => {
        if (options.rebuild) await removeNoteIndex(workspace);
        done.snapshots = await indexStanding(workspace, progress, further);
      };
      await runSteps([{ title: 'Indexing notes', run }], options.json);
      const { snapshots = [] } = done;
      print(options.json, { rebuilt: options.rebuild, snapshots }, () =>
        columns(
          snapshots.map((one) => [one.snapshot, ...[one.notes, one.added, one.removed].map(String)]),
          ['snapshot', 'notes', 'added', 'removed'],
        ),
      );
    });
}

/** {@link indexStanding}, and what it came to for the current records. */
export async function indexCurrent(workspace: Workspace, progress: Progress): Promise<Indexed> {
  const current = (await indexStanding(workspace, progress)).at(-1);
  return current ?? indexSnapshot(workspace, progress);
}

/**
 * Brings the index of the notes to the current records. Where it was made anew, the snapshots that studies stand on come
 * before: their notes must be found too. Gives what it came to for each, the current one last. Error: `records.none`.
 */
async function indexStanding(
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
