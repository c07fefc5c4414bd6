import { Command } from 'commander';
import type { Gate } from '../cohort/index.ts';
import { type Why, whyPerson } from '../publish/index.ts';
import { withStudy } from '../review/index.ts';
import { openWorkspace } from '../workspace/index.ts';
import { reasonLines } from './cohort-show.ts';
import { partLines } from './held-parts-text.ts';
import { type CommonOptions, example, jsonOption, workspaceOption } from './options.ts';
import { print } from './output.ts';
import { runSteps } from './steps.ts';

/** `chartproof cohort why STUDY PERSON` */
export function whyCommand(): Command {
  return new Command('why')
    .description('one person through every step: which arms found it, which exclusions hold, and what that rests on')
    .argument('<study>', 'the id of the study')
    .argument('<person>', 'a subject (S001), or the id of the source as `cohort list` shows it (Patient/1)')
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nOf a person who is not authorized nothing is told, not even that there is one.')
    .addHelpText('after', example('chartproof cohort why gout-2024 S008', 'chartproof cohort why gout-2024 Patient/1'))
    .action((study: string, person: string, options: CommonOptions) =>
      withStudy(
        openWorkspace(options.workspace),
        study,
        'of-cohort',
        async (open) => {
          let why: Why | undefined;
          const run = async (): Promise<void> => {
            why = await whyPerson(open);
          };
          await runSteps([{ title: 'Looking up', run }], options.json);
          const done = why;
          if (done) print(options.json, done, () => whyText(done, open.gate));
        },
        person,
      ),
    );
}

const HOLDS = { true: 'holds', false: 'does not hold', null: 'not known' } as const;

function whyText({ person, subject, arms, exclusions, outcome, left, events }: Why, gate: Gate): string {
  return [
    `${subject ?? 'No candidate'}  ${person}`,
    ...arms.map(({ id, label, part }) =>
      [`Arm ${id}: ${label}: ${part.holds ? 'found' : 'not found'}`, ...partLines(part, 1)].join('\n'),
    ),
    'Authorized for research: yes',
    ...(events && events.length > 0
      ? [
          ['Index events', ...events.map((one) => `  ${one.day}  ${one.left ? `left at ${one.left}` : 'stays'}`)].join(
            '\n',
          ),
        ]
      : []),
    ...exclusions.map(({ id, label, holds, ...behind }) =>
      [`Exclusion ${id}: ${label}: ${HOLDS[`${holds}`]}`, ...reasonLines(behind, gate)].join('\n'),
    ),
    `Outcome: ${outcome === 'not-found' ? 'no arm finds the person' : outcome}${left === null ? '' : `, left at ${left}`}`,
  ].join('\n\n');
}
