import { Command } from 'commander';
import { buildDataSet, type SubjectData } from '../analysis/index.ts';
import { ChartproofError } from '../base/index.ts';
import type { Protocol, TreatmentRules } from '../protocol/index.ts';
import { studyResults } from '../publish/index.ts';
import {
  episodeDates,
  episodeFacts,
  type Treatment,
  treatmentFocus,
  treatmentSentence,
  useText,
  windowLines,
} from '../response/index.ts';
import { type OpenStudy, withStudy } from '../review/index.ts';
import { openWorkspace } from '../workspace/index.ts';
import { type CommonOptions, example, jsonOption, workspaceOption } from './options.ts';
import { columns, print } from './output.ts';
import { runSteps } from './steps.ts';

/** `chartproof treatments STUDY [PERSON]` */
export function treatmentsCommand(): Command {
  return new Command('treatments')
    .description('the treatment episodes of those included, or of one person with the rows that they are made of')
    .argument('<study>', 'the id of the study')
    .argument('[person]', 'a subject (S001), or the id of the source (Patient/1)')
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof treatments gout-2024', 'chartproof treatments gout-2024 S008'))
    .action((study: string, person: string | undefined, options: CommonOptions) =>
      withStudy(
        openWorkspace(options.workspace),
        study,
        'of-cohort',
        async (open) => {
          const { protocol } = open.review;
          requireTreatments(protocol);
          let subjects: readonly SubjectData[] = [];
          const run = (): void => {
            subjects = person === undefined ? studyResults(open).data.included : [onePerson(open)];
          };
          await runSteps([{ title: 'Joining episodes', run }], options.json);
          print(options.json, subjects.map(jsonOf), () =>
            person === undefined
              ? listText(protocol, subjects)
              : subjects.map((one) => personText(protocol, one)).join('\n'),
          );
        },
        person,
      ),
    );
}

function requireTreatments({ treatments }: Protocol): void {
  if (Object.keys(treatments).length > 0) return;
  throw new ChartproofError('cli.no-treatments', 'The protocol asks for no treatments.', {
    tip: 'Add them under `treatments:` (docs/treatments.md).',
  });
}

/** Anybody who is read: also who is not, or not yet, included. */
function onePerson(open: OpenStudy): SubjectData {
  const { state } = studyResults(open);
  const { protocol, exposures } = open.review;
  const [one] = buildDataSet(protocol, state.reviewed, exposures).included;
  if (one) return one;
  throw new ChartproofError('cli.not-reviewed', 'The study reads the chart of no such person.', {
    tip: 'List its subjects: chartproof cohort list STUDY. Whom a rule excludes has no treatments.',
  });
}

function jsonOf({ subject, treatments }: SubjectData): object {
  const told = treatments.map((one) => [
    one.id,
    {
      label: one.label,
      ...treatmentFocus(one),
      ...(one.interest ? { relativeTo: one.interest } : {}),
      uses: one.uses.map(({ exposure, endBy }) => ({ ...exposure, endBy })),
      undated: one.undated,
    },
  ]);
  return { subject, treatments: Object.fromEntries(told) };
}

/** A line for each episode, and one for who had none. */
function listText(protocol: Protocol, subjects: readonly SubjectData[]): string {
  const rows = subjects.flatMap(({ subject, treatments }) =>
    treatments.flatMap((one) => {
      const rules = protocol.treatments[one.id];
      const answers = rules ? answersText(rules, one) : '';
      if (one.episodes.length === 0) {
        const dates = one.undated.length > 0 ? `${one.undated.length} without a date` : 'never';
        return [[subject, one.id, dates, '', answers]];
      }
      return one.episodes.map((episode, at) => [
        subject,
        one.id,
        episodeDates(episode),
        episode.days === undefined ? '' : String(episode.days),
        at === 0 ? answers : '',
      ]);
    }),
  );
  if (rows.length === 0) return 'Nobody is included yet.';
  return columns(rows, ['subject', 'treatment', 'episode', 'days', 'answers']);
}

/** `prior yes, concurrent unknown`: what the protocol asks. */
function answersText({ windows }: TreatmentRules, treatment: Treatment): string {
  const names = { prior: 'prior', concurrent: 'concurrent', recentlyChanged: 'recently changed' } as const;
  return (['prior', 'concurrent', 'recentlyChanged'] as const)
    .filter((asked) => windows?.[asked] !== undefined)
    .map((asked) => `${names[asked]} ${ANSWERS[String(treatment[asked])] ?? 'unknown'}`)
    .join(', ');
}

const ANSWERS: Readonly<Record<string, string>> = { true: 'yes', false: 'no' };

function personText(protocol: Protocol, { subject, treatments }: SubjectData): string {
  const parts = treatments.map((one) => {
    const rules = protocol.treatments[one.id] ?? {};
    return [
      `  ${treatmentSentence(one)}`,
      ...windowLines(rules, one).map((line) => `    ${line}`),
      ...one.episodes.flatMap((episode) => {
        const facts = episodeFacts(episode);
        return [
          `    ${episodeDates(episode)}${facts === '' ? '' : ` · ${facts}`}`,
          ...episode.uses.map((use) => `      ${useText(use)}`),
        ];
      }),
      ...one.undated.map(({ kind, source }) => `    without a date: ${kind} ${source}`),
    ].join('\n');
  });
  return [subject, ...parts].join('\n');
}
