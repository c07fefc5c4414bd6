import { Command, InvalidArgumentError } from 'commander';
import { fixed } from '../analysis/index.ts';
import type { Progress } from '../base/index.ts';
import {
  candidates,
  type FollowUp,
  type FollowUpSummary,
  followUp,
  followUpSummary,
  type Quartiles,
} from '../cohort/index.ts';
import { studyResults } from '../publish/index.ts';
import { withStudy } from '../review/index.ts';
import { openWorkspace } from '../workspace/index.ts';
import { type CommonOptions, example, jsonOption, workspaceOption } from './options.ts';
import { columns, print } from './output.ts';
import { runSteps } from './steps.ts';

interface FollowUpOptions extends CommonOptions {
  readonly included: boolean;
  readonly lastDays: number;
  readonly exceptSite?: readonly string[];
  readonly exceptSpecialty?: readonly string[];
}

/** `chartproof cohort follow-up STUDY` */
export function followUpCommand(): Command {
  return new Command('follow-up')
    .description('how long and how densely the candidates were seen, and by whom')
    .argument('<study>', 'the id of the study')
    .option('--included', 'only those included, as the review stands', false)
    .option('--last-days <n>', 'quiet is who has no contact in so many last days of the period', wholeNumber, 365)
    .option('--except-site <name>', 'count the visits at other sites; may be given several times', oneMore)
    .option('--except-specialty <name>', 'count the contacts with other specialties; likewise', oneMore)
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof cohort follow-up gout-2024 --included --except-site "Lakeside Clinic"'))
    .action((study: string, options: FollowUpOptions) =>
      withStudy(openWorkspace(options.workspace), study, 'of-cohort', async (open) => {
        const { run, outcomes } = studyResults(open);
        const included = new Set(outcomes.flatMap((one) => (one.outcome === 'included' ? [one.subject] : [])));
        const asked = new Set(options.included ? included : run.candidates.map(({ subject }) => subject));
        const { lastDays, exceptSite: exceptSites, exceptSpecialty: exceptSpecialties } = options;
        let subjects: readonly FollowUp[] = [];
        const work = async (progress: Progress): Promise<void> => {
          progress.step('Reading contacts');
          const among = candidates(open.database).filter(({ subject }) => asked.has(subject));
          subjects = await followUp(open.gate, among, { lastDays, exceptSites, exceptSpecialties });
        };
        await runSteps([{ title: 'Follow-up', run: work }], options.json);
        const summary = await followUpSummary(open.gate, subjects);
        print(options.json, { lastDays, summary, subjects }, () =>
          [listText(subjects), '', summaryText(summary, lastDays)].join('\n'),
        );
      }),
    );
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('A number of days, 1 or more.');
  return Number(text);
}

function oneMore(name: string, before: readonly string[] = []): readonly string[] {
  return [...before, name];
}

/** A line for each subject. */
function listText(subjects: readonly FollowUp[]): string {
  const [asked] = subjects;
  const more = (one: FollowUp): string[] =>
    [one.elsewhere, one.withOthers].flatMap((n) => (n === undefined ? [] : [String(n)]));
  const rows = subjects.map((one) => [
    one.subject,
    one.first ?? 'none',
    one.last ?? 'none',
    one.days === null ? '' : String(one.days),
    String(one.contacts),
    String(one.visits),
    one.visitsAYear === null ? '' : fixed(one.visitsAYear, 1),
    ...more(one),
    one.isQuiet ? 'quiet' : '',
    one.died ?? '',
  ]);
  return columns(rows, [
    'subject',
    'first',
    'last',
    'days',
    'contacts',
    'visits',
    'a year',
    ...(asked?.elsewhere === undefined ? [] : ['elsewhere']),
    ...(asked?.withOthers === undefined ? [] : ['others']),
    'at the end',
    'died',
  ]);
}

function summaryText(summary: FollowUpSummary, lastDays: number): string {
  const { subjects, withoutContact, days, visitsAYear, deaths, quiet, quietAndDied, elsewhere, withOthers } = summary;
  return columns([
    ['Subjects', String(subjects)],
    ['Without any contact', String(withoutContact)],
    ['Days from first to last contact', quartilesText(days, 0)],
    ['Visits a year', quartilesText(visitsAYear, 1)],
    ['Died', String(deaths)],
    [`Quiet in the last ${lastDays} days of the period`, `${quiet}, of whom ${quietAndDied} died`],
    ...(elsewhere === undefined ? [] : [['Seen elsewhere', String(elsewhere)]]),
    ...(withOthers === undefined ? [] : [['Seen with other specialties', String(withOthers)]]),
  ]);
}

function quartilesText({ n, q1, median, q3 }: Quartiles, digits: number): string {
  if (q1 === null || median === null || q3 === null) return 'nobody has any';
  return `${fixed(median, digits)} (${fixed(q1, digits)}–${fixed(q3, digits)}; n = ${n})`;
}
