import { Command } from 'commander';
import type { Progress } from '../base/index.ts';
import {
  armOverlaps,
  type CohortRun,
  type ExplainedStudy,
  explainAll,
  type GateCounts,
  gateKinds,
  gateLabels,
  type Identified,
  identifyStudy,
  type MissedEstimate,
  missedByAll,
} from '../cohort/index.ts';
import { attritionText, studyResults } from '../publish/index.ts';
import { withStudy } from '../review/index.ts';
import { openWorkspace } from '../workspace/index.ts';
import { armsCommand } from './cohort-arms.ts';
import { diffCommand } from './cohort-diff.ts';
import { explainedText } from './cohort-explain.ts';
import { followUpCommand } from './cohort-follow-up.ts';
import { sampleCommand } from './cohort-sample.ts';
import { showCommand } from './cohort-show.ts';
import { whyCommand } from './cohort-why.ts';
import { actorOption, type CommonOptions, example, jsonOption, now, workspaceOption } from './options.ts';
import { columns, print } from './output.ts';
import { runSteps } from './steps.ts';

/** `chartproof cohort run|list|explain|attrition|show|why|diff|arms|sample|follow-up STUDY` */
export function cohortCommand(): Command {
  const command = new Command('cohort').description('who is in a study, who is out, and why');
  command
    .command('run')
    .description('find the candidates by the arms and rules of the protocol, in the records that the study stands on')
    .argument('<study>', 'the id of the study')
    .addOption(workspaceOption())
    .addOption(actorOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof cohort run gout-2024 -w ~/rheumatology'))
    .action(async (study: string, options: CommonOptions & { readonly as: string }) => {
      const workspace = openWorkspace(options.workspace);
      let found: Identified | undefined;
      const work = async (progress: Progress): Promise<void> => {
        found = await withStudy(workspace, study, 'of-cohort', (open) =>
          identifyStudy(workspace, open, { actor: options.as, at: now(), progress }),
        );
      };
      await runSteps([{ title: 'Finding candidates', run: work }], options.json);
      const done = found;
      if (done) print(options.json, { ...done.run, ...noted(done) }, () => identifiedText(study, done));
    });
  command
    .command('list')
    .description('every candidate: the arms that found it, where it left, every exclusion that holds')
    .argument('<study>', 'the id of the study')
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof cohort list gout-2024 --json'))
    .action((study: string, options: CommonOptions) =>
      withStudy(openWorkspace(options.workspace), study, 'of-cohort', (open) => {
        const { run, outcomes } = studyResults(open);
        const arms = new Map(run.candidates.map((one) => [one.subject, one.arms]));
        const list = outcomes.map((one) => ({
          ...one,
          person: open.review.persons.get(one.subject)?.person,
          arms: arms.get(one.subject) ?? [],
        }));
        print(options.json, { candidates: list }, () =>
          columns(
            list.map((one) => [
              one.subject,
              one.person ?? '',
              one.arms.join(', '),
              one.first ?? one.outcome,
              one.all.join(', '),
            ]),
            ['subject', 'person', 'found by', 'outcome', 'all exclusions'],
          ),
        );
      }),
    );
  command
    .command('explain')
    .description(
      'arms, index event and exclusions by rule in plain English, how many persons each part holds for, and the SQL',
    )
    .argument('<study>', 'the id of the study')
    .argument('[criterion]', 'the id of an arm or an exclusion, or `index`; all where it is left out')
    .addOption(workspaceOption())
    .option('--sql', 'show the query below each', false)
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof cohort explain gout-2024 coded --sql'))
    .action((study: string, id: string | undefined, options: CommonOptions & { readonly sql: boolean }) =>
      withStudy(openWorkspace(options.workspace), study, 'of-cohort', async ({ gate }) => {
        let told: ExplainedStudy = { criteria: [] };
        const work = async (progress: Progress): Promise<void> => {
          told = await explainAll(gate, id, progress);
        };
        await runSteps([{ title: 'Explaining', run: work }], options.json);
        print(options.json, told, () => explainedText(told, options.sql));
      }),
    );
  command
    .command('attrition')
    .description('the account from those identified to those included, as the review stands')
    .argument('<study>', 'the id of the study')
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof cohort attrition gout-2024'))
    .action((study: string, options: CommonOptions) =>
      withStudy(openWorkspace(options.workspace), study, 'of-cohort', (open) => {
        const { attrition, screened, state } = studyResults(open);
        print(options.json, { steps: attrition, screened, open: state.open.length }, () =>
          [
            attritionText(attrition),
            `Screened by reviewers: ${screened}.`,
            ...(state.open.length === 0 ? [] : [`The review is not finished: ${state.open.length} items are open.`]),
          ].join('\n'),
        );
      }),
    );
  return command
    .addCommand(showCommand())
    .addCommand(whyCommand())
    .addCommand(diffCommand())
    .addCommand(armsCommand())
    .addCommand(sampleCommand())
    .addCommand(followUpCommand());
}

function noted({ newerSnapshot, laterRefusals: later }: Identified): object {
  return { newerSnapshot, laterRefusals: later };
}

function identifiedText(study: string, { run, newerSnapshot, laterRefusals: later, asOf }: Identified): string {
  const newer = `There are newer records (${newerSnapshot}). What they would change: chartproof study move ${study} --dry-run`;
  const refused = `${later} of the candidates refused after ${asOf}, which the protocol leaves out: give it a new version with a later \`asOf\`.`;
  const counts = run.gate ? ['', gateText(run.gate)] : [];
  return [runText(run), ...counts, ...(newerSnapshot === null ? [] : [newer]), ...(later === 0 ? [] : [refused])].join(
    '\n',
  );
}

/** How the arms found the candidates, as text. */
export function runText({ arms, identified, candidates: found }: CohortRun): string {
  const byArm = arms.map((arm) => [arm.label, String(arm.found), String(arm.authorized)]);
  const overlaps = armOverlaps(found).map((one) => `just ${one.arms.join(' and ')}: ${one.n}`);
  const total = ['Any arm', String(identified), String(found.length)];
  const ids = arms.map(({ id }) => id);
  return [
    columns([...byArm, total], ['arm', 'found', 'authorized']),
    overlaps.length === 0 ? 'Nobody is left to review.' : `Found by ${overlaps.join('; ')}`,
    ...casesText(found),
    ...missedByAll(ids, found).map(missedText),
  ].join('\n');
}

/** How many cases the candidates are, where there is an index event: those that neither it nor a rule leaves out. */
function casesText(found: CohortRun['candidates']): string[] {
  if (!found.some(({ events }) => events)) return [];
  const cases = found.flatMap(({ events }) => {
    const left = (events ?? []).filter(({ rules }) => rules.length === 0).length;
    return left > 0 ? [left] : [];
  });
  const events = cases.reduce((sum, n) => sum + n, 0);
  return [`Cases that no rule leaves out: ${events}, of ${cases.length} of the ${found.length} candidates`];
}

function gateText(counts: GateCounts): string {
  return columns(
    gateKinds.map((kind) => [gateLabels[kind], String(counts[kind])]),
    ['at the gate', 'persons'],
  );
}

function missedText({ arm, others, missed, interval }: MissedEstimate): string {
  const by = `Missed by all, judging by ${arm} and ${others.join(' or ')}`;
  if (!interval) return `${by}: no estimate, since one found all whom the other found`;
  const [low, high] = [interval.low, interval.high].map(Math.round);
  return `${by}: about ${Math.round(missed)} (95 % interval ${low} to ${high}), if they find independently`;
}
