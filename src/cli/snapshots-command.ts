import { Command } from 'commander';
import { studySnapshots } from '../cohort/index.ts';
import {
  diffSnapshots,
  findSnapshot,
  listSnapshots,
  type RecordsCheck,
  type SnapshotDiff,
  type SnapshotFacts,
  verifyRecords,
} from '../records/index.ts';
import { openWorkspace } from '../workspace/index.ts';
import { exitCodes } from './failure.ts';
import { changesText } from './move-command.ts';
import { type CommonOptions, example, jsonOption, workspaceOption } from './options.ts';
import { columns, print } from './output.ts';
import { runSteps } from './steps.ts';

/** `chartproof snapshots`, `chartproof snapshots diff A B`, `chartproof snapshots verify` */
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
  command
    .command('verify')
    .description(
      'read every file of every snapshot and hold it against what was written; code 1 where one is not sound',
    )
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof snapshots verify -w ~/dermatology'))
    .action(async (options: CommonOptions) => {
      const workspace = openWorkspace(options.workspace);
      let check: RecordsCheck | undefined;
      const verify = {
        title: 'Verifying records',
        run: async (progress: Parameters<typeof listSnapshots>[1]) => {
          check = await verifyRecords(workspace, progress);
        },
      };
      await runSteps([verify], options.json);
      const done = check;
      if (!done) return;
      print(options.json, done, () => checkText(done));
      if (done.faults.length > 0) process.exitCode = exitCodes.refused;
    });
  return command;
}

const FAULTS = {
  unreadable: 'is missing or damaged',
  rows: 'has another number of rows than was written',
  derived: 'is not what the codings beside it have: remove it, and it is made again',
} as const satisfies Record<RecordsCheck['faults'][number]['fault'], string>;

function checkText({ snapshots, files, faults }: RecordsCheck): string {
  if (faults.length === 0) return `${snapshots} snapshots, ${files} files: all sound.`;
  const rows = faults.map(({ file, snapshot, fault }) => [`records/${file}`, `snapshot ${snapshot}`, FAULTS[fault]]);
  const tip = faults.every(({ fault }) => fault === 'derived') ? '' : ' Restore records/ from a backup.';
  return `${faults.length} of ${files} files are not sound.${tip}\n\n${columns(rows)}`;
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
