import { Command } from 'commander';
import { studySnapshots } from '../cohort/index.ts';
import { diffSnapshots, findSnapshot, listSnapshots, type SnapshotDiff, type SnapshotFacts } from '../records/index.ts';
import { openWorkspace } from '../workspace/index.ts';
import { changesText } from './move-command.ts';
import { type CommonOptions, example, jsonOption, workspaceOption } from './options.ts';
import { columns, print } from './output.ts';
import { runSteps } from './steps.ts';

/** `chartproof snapshots`, `chartproof snapshots diff A B` */
export function snapshotsCommand(): Command {
  const command = new Command('snapshots').description('the states that the records have been in, and what differs');
  command
    .command('list', { isDefault: true })
    .description('every snapshot from the newest: what made it, its rows, the studies that stand on it, its size')
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof snapshots -w ~/dermatology'))
    .action(async (options: CommonOptions) => {
      const workspace = openWorkspace(options.workspace);
      const standing = studySnapshots(workspace);
      let snapshots: readonly Listed[] = [];
      const list = {
        title: 'Comparing snapshots',
        run: async (progress: Parameters<typeof listSnapshots>[1]) => {
          snapshots = (await listSnapshots(workspace, progress)).map((facts) => ({
            ...facts,
            studies: standing.filter(({ snapshot }) => snapshot === facts.snapshot).map(({ study }) => study),
          }));
        },
      };
      await runSteps([list], options.json);
      print(options.json, { snapshots }, () => listText(snapshots));
    });
  command
    .command('diff')
    .description('rows added, removed and changed between two snapshots, by table; persons added and removed')
    .argument('<from>', 'a snapshot, or the beginning of its id')
    .argument('<to>', 'another one')
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof snapshots diff 3f2a 91bc -w ~/dermatology'))
    .action(async (from: string, to: string, options: CommonOptions) => {
      const workspace = openWorkspace(options.workspace);
      const [earlier, later] = [findSnapshot(workspace, from).snapshot, findSnapshot(workspace, to).snapshot];
      let diff: SnapshotDiff | undefined;
      const compare = {
        title: 'Comparing snapshots',
        run: async (progress: Parameters<typeof listSnapshots>[1]) => {
          diff = await diffSnapshots(workspace, earlier, later, progress);
        },
      };
      await runSteps([compare], options.json);
      const done = diff;
      if (done) print(options.json, done, () => diffText(done));
    });
  return command;
}

type Listed = SnapshotFacts & { readonly studies: readonly string[] };

function listText(snapshots: readonly Listed[]): string {
  return snapshots.length === 0 ? 'Nothing was imported yet.' : snapshots.map(snapshotText).join('\n\n');
}

function snapshotText({ snapshot, isCurrent, at, kind, files, tables, studies, bytes, ownBytes }: Listed): string {
  const rows = Object.entries(tables).map(([table, one]) => [
    table,
    String(one.rows),
    one.added === 0 ? '' : `+${one.added}`,
    one.removed === 0 ? '' : `\u2212${one.removed}`,
  ]);
  const made = [kind === null ? 'import unknown' : `import ${kind}`, at ?? '', filesText(files)].filter(Boolean);
  return [
    `${snapshot}${isCurrent ? ' (current)' : ''}  ${made.join(', ')}`,
    `  ${megabytes(bytes)} MB, ${megabytes(ownBytes)} of them its own; studies: ${studies.join(', ') || 'none'}`,
    columns(rows, ['rows of', 'rows', 'came', 'went']).replaceAll(/^/gm, '  '),
  ].join('\n');
}

const SHOWN = 3;

function filesText(files: readonly string[]): string {
  const more = files.length > SHOWN ? ` and ${files.length - SHOWN} more files` : '';
  return `${files.slice(0, SHOWN).join(', ')}${more}`;
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}

function diffText({ from, to, tables, persons }: SnapshotDiff): string {
  return [
    `From snapshot ${from} to ${to}: ${persons.added} persons added, ${persons.removed} removed`,
    changesText(tables),
  ].join('\n\n');
}
