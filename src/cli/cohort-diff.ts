import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { ChartproofError, type Progress, type SnapshotId, type StudyId } from '../base/index.ts';
import {
  type ComparedRun,
  compareRuns,
  openGate,
  type RunDiff,
  runAs,
  runBefore,
  searchOnce,
  standingRun,
} from '../cohort/index.ts';
import { draftProtocol, type StudyProtocol, studyProtocolVersion } from '../protocol/index.ts';
import { studyAccount } from '../publish/index.ts';
import { findSnapshot } from '../records/index.ts';
import { openReview, type ReviewPerson } from '../review/index.ts';
import { openStudyDatabase, openWorkspace, type StudyDatabase, type Workspace } from '../workspace/index.ts';
import { type CommonOptions, example, jsonOption, workspaceOption } from './options.ts';
import { columns, print } from './output.ts';
import { runSteps } from './steps.ts';

interface DiffOptions extends CommonOptions {
  readonly from?: string;
  readonly to?: string;
}

/** One of the two that are compared. */
interface Side {
  readonly study: StudyProtocol;
  readonly snapshot: SnapshotId;
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
    return await withSide(workspace, database, before, progress, (one) =>
      withSide(workspace, database, after, progress, async (other) => ({
        from: nameOf(before),
        to: nameOf(after),
        ...compareRuns(one, other),
      })),
    );
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
      ? draftProtocol(workspace, study, version)
      : studyProtocolVersion(workspace, study, version === '' ? protocol : version),
    snapshot: wanted === undefined ? snapshot : findSnapshot(workspace, wanted).snapshot,
  };
}

/** Opens a side behind its own gate, asks it, and gives what stands there. */
async function withSide<Result>(
  workspace: Workspace,
  database: StudyDatabase,
  { study, snapshot }: Side,
  progress: Progress,
  work: (side: ComparedRun) => Promise<Result>,
): Promise<Result> {
  const gate = await openGate(workspace, study.protocol, snapshot);
  try {
    const { run, unnumbered } = runAs(database, await searchOnce(database, study, gate, progress));
    const review = await openReview(database, gate);
    const newcomers = unnumbered.map(({ personId, person }): [string, ReviewPerson] => [
      person,
      { subject: person, personId, person, sex: null, birthDate: null },
    ]);
    const persons = new Map([...review.persons, ...newcomers]);
    const { outcomes } = studyAccount({ ...review, persons }, run);
    const arms = new Map(run.candidates.map((one) => [one.subject, one.arms]));
    return await work({
      protocol: study.protocol,
      run,
      isAuthorized: gate.isAuthorized,
      persons: outcomes.map((outcome) => ({
        personId: persons.get(outcome.subject)?.personId ?? '',
        name: outcome.subject,
        arms: arms.get(outcome.subject) ?? [],
        outcome,
      })),
    });
  } finally {
    gate.close();
  }
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

function differenceText({ id, kind, holds, because }: CohortDiff['moved'][number]['differences'][number]): string {
  const verb = kind === 'arm' ? (holds ? 'finds' : 'finds no more') : holds ? 'holds' : 'holds no more';
  return `${id} ${verb} (${because})`;
}
