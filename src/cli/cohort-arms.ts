import { Command } from 'commander';
import { ChartproofError, nearest, type Progress } from '../base/index.ts';
import type { CohortRun, Outcome } from '../cohort/index.ts';
import { armsContent, type SearchReport, searchReport, searchText, studyResults } from '../publish/index.ts';
import { type OpenStudy, withStudy } from '../review/index.ts';
import { openWorkspace } from '../workspace/index.ts';
import { type CommonOptions, example, jsonOption, workspaceOption } from './options.ts';
import { columns, print } from './output.ts';
import { runSteps } from './steps.ts';

/** `chartproof cohort arms STUDY` */
export function armsCommand(): Command {
  return new Command('arms')
    .description('what each arm, code, drug name and query found, and how much of it is eligible at screening')
    .argument('<study>', 'the id of the study')
    .option('--only <arm>', 'list the candidates that no other arm found, with their outcome')
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof cohort arms gout-2024', 'chartproof cohort arms gout-2024 --only coded'))
    .action((study: string, options: CommonOptions & { readonly only?: string }) =>
      withStudy(openWorkspace(options.workspace), study, 'of-cohort', async (open) => {
        if (options.only !== undefined) return printOnly(open, options.only, options.json);
        let counted: { readonly run: CohortRun; readonly report: SearchReport } | undefined;
        const work = async (progress: Progress): Promise<void> => {
          const results = studyResults(open);
          counted = { run: results.run, report: (await searchReport(open, results, progress)).report };
        };
        await runSteps([{ title: 'Counting', run: work }], options.json);
        if (!counted) return;
        const { run, report } = counted;
        print(options.json, armsContent(run, report), () => searchText(report));
      }),
    );
}

/** The candidates that only this arm found. Error: `cohort.no-arm`. */
function printOnly(open: OpenStudy, arm: string, json: boolean): void {
  const ids = open.study.protocol.arms.map(({ id }) => id);
  if (!ids.includes(arm)) {
    const near = nearest(arm, ids);
    throw new ChartproofError('cohort.no-arm', `The protocol has no arm \`${arm}\`.`, {
      tip: near ? `Did you mean \`${near}\`?` : `There is: ${ids.join(', ')}.`,
    });
  }
  const { run, outcomes } = studyResults(open);
  const alone = new Set(
    run.candidates.flatMap(({ subject, arms }) => (arms.length === 1 && arms[0] === arm ? [subject] : [])),
  );
  const list = outcomes
    .filter(({ subject }) => alone.has(subject))
    .map((one): Outcome & { readonly person: string | undefined } => ({
      ...one,
      person: open.review.persons.get(one.subject)?.person,
    }));
  print(json, { arm, candidates: list }, () =>
    list.length === 0
      ? `Nobody was found by ${arm} alone.`
      : columns(
          list.map((one) => [one.subject, one.person ?? '', one.first ?? one.outcome, one.all.join(', ')]),
          ['subject', 'person', 'outcome', 'all exclusions'],
        ),
  );
}
