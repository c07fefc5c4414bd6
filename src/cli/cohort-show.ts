import { Command } from 'commander';
import type { Gate, StepNumber } from '../cohort/index.ts';
import { type Shown, showStep, type ToldReason } from '../publish/index.ts';
import { withStudy } from '../review/index.ts';
import { openWorkspace } from '../workspace/index.ts';
import { partLines } from './held-parts-text.ts';
import { type CommonOptions, example, jsonOption, workspaceOption } from './options.ts';
import { print } from './output.ts';
import { runSteps } from './steps.ts';
import { valueLines } from './trace-command.ts';

interface ShowOptions extends CommonOptions {
  readonly allFailing: boolean;
  readonly remaining: boolean;
}

/** `chartproof cohort show STUDY STEP` */
export function showCommand(): Command {
  return new Command('show')
    .description('the subjects behind a number of the account, and what their reason to leave rests on')
    .argument('<study>', 'the id of the study')
    .argument('<step>', 'a step of the account: the id of an exclusion, authorized, screened, included, ...')
    .option('--all-failing', 'everybody for whom the exclusion holds, at whatever step they left', false)
    .option('--remaining', 'those who remain after the step, where it is a reason to leave', false)
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nOf a reason it shows who left, of a state who remain. Persons before the gate are counted, never listed.',
    )
    .addHelpText(
      'after',
      example('chartproof cohort show gout-2024 no-gout', 'chartproof cohort show gout-2024 minor --all-failing'),
    )
    .action((study: string, step: string, options: ShowOptions) =>
      withStudy(openWorkspace(options.workspace), study, 'of-cohort', async (open) => {
        const asked = options.allFailing ? 'all-failing' : options.remaining ? 'remaining' : undefined;
        let shown: Shown | undefined;
        const run = async (): Promise<void> => {
          shown = await showStep(open, step, asked);
        };
        await runSteps([{ title: 'Looking up', run }], options.json);
        const done = shown;
        if (done) print(options.json, done, () => shownText(done, open.gate));
      }),
    );
}

const WORDS: Readonly<Record<StepNumber, string>> = {
  left: 'left here',
  remaining: 'remain after it',
  'all-failing': 'meet it, at whatever step they left',
};

function shownText({ step, number, subjects }: Shown, gate: Gate): string {
  const counted = ['found', 'identified'].includes(step.kind);
  const head = counted
    ? `${step.label}: ${step.n} persons. Persons before the gate are counted, never listed.`
    : `${step.label}: ${subjects.length} ${WORDS[number]}`;
  const refused =
    step.kind === 'authorized' ? [`${step.removed} are not authorized: they are counted, never listed.`] : [];
  const parts = subjects.map((one) =>
    [`${one.subject}  ${one.person}  found by ${one.arms.join(', ')}`, ...reasonLines(one, gate)].join('\n'),
  );
  return [[head, ...refused].join('\n'), ...parts].join(step.kind === 'exclusion' ? '\n\n' : '\n');
}

/** What a reason rests on, indented. */
export function reasonLines({ part, decisions, open }: ToldReason, gate: Gate): string[] {
  return [
    ...(part ? partLines(part, 1) : []),
    ...(decisions ?? []).flatMap((one) => valueLines(one, gate, ` on ${dayOf(one.at)}`)),
    ...(open ?? []).map(
      ({ instrument, row, field, why }) => `  ${[instrument, row, field].filter(Boolean).join(' ')}: ${why}`,
    ),
  ];
}

function dayOf(at: readonly string[]): string {
  return [...new Set(at.map((time) => time.slice(0, 10)))].join(', ');
}
