import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { ChartproofError, type Progress, type SnapshotId, type StudyId } from '../base/index.ts';
import { differenceText, type RunDiff, runBefore, standingRun } from '../cohort/index.ts';
import { draftProtocol, readProtocolText, studyProtocolVersion } from '../protocol/index.ts';
import { compareSides, type Side } from '../publish/index.ts';
import { findSnapshot } from '../records/index.ts';
import { openStudyDatabase, openWorkspace, type StudyDatabase, type Workspace } from '../workspace/index.ts';
import { type CommonOptions, example, jsonOption, workspaceOption } from './options.ts';
import { columns, print } from './output.ts';
import { runSteps } from './steps.ts';

interface DiffOptions extends CommonOptions {
  readonly from?: string;
  readonly to?: string;
}

interface Named {
  readonly version: string;
  readonly protocol: string;
  readonly snapshot: SnapshotId;
}

/** What moved, and between what. */
export interface CohortDiff extends RunDiff {
  readonly from: Named;
  readonly to: Named;
}

/** `chartproof cohort diff STUDY` */
export function diffCommand(): Command {
  return new Command('diff')
    .description('who moves between two versions of the protocol or two snapshots, at which step, and why')
    .argument('<study>', 'the id of the study')
    .option(
      '--from <what>',
      'VERSION, protocol.yaml, @SNAPSHOT or VERSION@SNAPSHOT; the run before, or with --to the one that stands',
    )
    .option('--to <what>', 'the same; the run that stands where it is left out')
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nWhat is left out of VERSION@SNAPSHOT is that of the run that stands. Nothing of the study is changed.',
    )
    .addHelpText(
      'after',
      example(
        'chartproof cohort diff gout-2024',
        'chartproof cohort diff gout-2024 --to draft.yaml',
        'chartproof cohort diff gout-2024 --from 1.0@42e50652 --to 1.1',
      ),
    )
    .action(async (study: string, options: DiffOptions) => {
      const workspace = openWorkspace(options.workspace);
      let diff: CohortDiff | undefined;
      const run = async (progress: Progress): Promise<void> => {
        diff = await diffStudy(workspace, study, options, progress);
      };
      await runSteps([{ title: 'Comparing', run }], options.json);
      const done = diff;
      if (done) print(options.json, done, () => diffText(done));
    });
}

/** Compares. Errors: `cohort.none`, `cohort.no-run-before`, `protocol.no-version`, those of the records, notes and searches. */
export async function diffStudy(
  workspace: Workspace,
  id: string,
  { from, to }: Pick<DiffOptions, 'from' | 'to'>,
  progress: Progress,
): Promise<CohortDiff> {
  const database = openStudyDatabase(workspace, id);
  try {
    const study = id as StudyId;
    const standing = standingRun(database);
    const named = (what: string | undefined): Side => sideOf(workspace, study, standing, what);
    const after = named(to);
    const before = from === undefined && to === undefined ? earlierSide(workspace, study, database) : named(from);
    const diff = await compareSides(workspace, database, [before, after], progress);
    return { from: nameOf(before), to: nameOf(after), ...diff };
  } finally {
    database.close();
  }
}

function earlierSide(workspace: Workspace, study: StudyId, database: StudyDatabase): Side {
  const run = runBefore(database);
  if (!run) {
    throw new ChartproofError('cohort.no-run-before', 'The candidates were identified only once.', {
      tip: 'Say what to compare with: chartproof cohort diff STUDY --to protocol.yaml',
    });
  }
  return sideOf(workspace, study, run, undefined);
}

function sideOf(
  workspace: Workspace,
  study: StudyId,
  { protocol, snapshot }: { readonly protocol: string; readonly snapshot: SnapshotId },
  what = '',
): Side {
  const [version = '', wanted] = existsSync(what) ? [what] : what.split('@');
  return {
    study: existsSync(version)
      ? draftProtocol(workspace, study, { yaml: readProtocolText(version), file: version })
      : studyProtocolVersion(workspace, study, version === '' ? protocol : version),
    snapshot: wanted === undefined ? snapshot : findSnapshot(workspace, wanted).snapshot,
  };
}

function nameOf({ study, snapshot }: Side): Named {
  return { version: study.protocol.version, protocol: study.sha256, snapshot };
}

function diffText({ from, to, moved, stayed, notAuthorized }: CohortDiff): string {
  const side = ({ version, snapshot }: Named): string => `protocol ${version} on snapshot ${snapshot}`;
  const refused = notAuthorized.in + notAuthorized.out;
  return [
    `From ${side(from)}\nto   ${side(to)}`,
    moved.length === 0
      ? 'Nobody moves.'
      : columns(
          moved.map((one) => [one.name, one.from, one.to, differencesText(one)]),
          ['person', 'from', 'to', 'what differs'],
        ),
    `${moved.length} move, ${stayed} stay where they are.`,
    ...(refused === 0
      ? []
      : [`Not authorized in one of the two, counted and not named: ${notAuthorized.in} in, ${notAuthorized.out} out.`]),
  ].join('\n\n');
}

function differencesText({ differences, byOrder }: CohortDiff['moved'][number]): string {
  return byOrder ? 'the order of the exclusions (protocol)' : differences.map(differenceText).join('; ');
}
