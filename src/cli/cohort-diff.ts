import { existsSync } from 'node:fs';
import { Command } from 'commander';
import type { Progress, StudyId } from '../base/index.ts';

import { differenceText } from '../cohort/index.ts';

import { draftProtocol, readProtocolText } from '../protocol/index.ts';
import { type CohortDiff, compareStudy, type WantedSide } from '../publish/index.ts';
import { openWorkspace, type Workspace } from '../workspace/index.ts';
import { type CommonOptions, example, jsonOption, workspaceOption } from './options.ts';
import { columns, print } from './output.ts';
import { runSteps } from './steps.ts';

interface DiffOptions extends CommonOptions {
  readonly from?: string;
  readonly to?: string;
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
        const [from, to] = [options.from, options.to].map((what) => wantedSide(workspace, study as StudyId, what));
        diff = await compareStudy(workspace, study, { from, to }, progress);
      };
      await runSteps([{ title: 'Comparing', run }], options.json);
      const done = diff;
      if (done) print(options.json, done, () => diffText(done));
    });
}

/** `VERSION`, `protocol.yaml`, `@SNAPSHOT` or `VERSION@SNAPSHOT`. */
function wantedSide(workspace: Workspace, study: StudyId, what: string | undefined): WantedSide | undefined {
  if (what === undefined) return undefined;
  if (existsSync(what))
    return { version: draftProtocol(workspace, study, { yaml: readProtocolText(what), file: what }) };
  const [version = '', snapshot] = what.split('@');
  return { version: version === '' ? undefined : version, snapshot };
}

function diffText({ from, to, moved, stayed, notAuthorized }: CohortDiff): string {
  const side = ({ version, snapshot }: CohortDiff['from']): string => `protocol ${version} on snapshot ${snapshot}`;
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
