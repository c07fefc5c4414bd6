import { Command } from 'commander';
import type { Progress } from '../base/index.ts';
import { indexStanding } from '../cohort/index.ts';
import { type Indexed, removeNoteIndex } from '../notes/index.ts';
import { findSnapshot } from '../records/index.ts';
import { openWorkspace } from '../workspace/index.ts';
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
