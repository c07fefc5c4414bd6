import { Command } from 'commander';
import type { Progress } from '../base/index.ts';
import { currentRun } from '../cohort/index.ts';
import { agreement, type LoadReport, loadEntryFiles, reviewState, verifyEvidence, withStudy } from '../review/index.ts';
import { openWorkspace } from '../workspace/index.ts';
import { chartCommand } from './chart-command.ts';
import { actorOption, type CommonOptions, example, jsonOption, now, workspaceOption } from './options.ts';
import { columns, print } from './output.ts';
import { runSteps } from './steps.ts';

/** `chartproof review load|status|agreement|verify|chart STUDY` */
export function reviewCommand(): Command {
  const command = new Command('review').description('what reviewers said: load it, see where it stands, check it');
  command
    .command('load')
    .description('load recorded screenings, abstractions and adjudications; all of them or none')
    .argument('<study>', 'the id of the study')
    .argument('<files...>', 'entries, one JSON object a line (docs/review.md)')
    .addOption(workspaceOption())
    .addOption(actorOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof review load gout-2024 abstraction-*.ndjson'))
    .action(async (study: string, files: string[], options: CommonOptions & { readonly as: string }) => {
      const workspace = openWorkspace(options.workspace);
      let report: LoadReport | undefined;
      const work = async (progress: Progress): Promise<void> => {
        report = await withStudy(workspace, study, 'of-cohort', ({ review }) =>
          loadEntryFiles(review, files, { actor: options.as, at: now(), progress }),
        );
      };
      await runSteps([{ title: 'Loading entries', run: work }], options.json);
      const done = report;
      if (done)
        print(options.json, done, () => `${done.entries} entries: ${done.added} added, ${done.unchanged} unchanged`);
    });
  command
    .command('status')
    .description('what is still open: charts, differences, questions without an answer')
    .argument('<study>', 'the id of the study')
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof review status gout-2024'))
    .action((study: string, options: CommonOptions) =>
      withStudy(openWorkspace(options.workspace), study, 'of-cohort', ({ review, database }) => {
        const { open, judged, included } = reviewState(review, currentRun(database, review.gate));
        print(options.json, { candidates: judged.length, included: included.length, open }, () =>
          open.length === 0
            ? 'Nothing is open.'
            : columns(open.map((one) => [one.subject, one.instrument, one.row, one.field, one.why])),
        );
      }),
    );
  command
    .command('agreement')
    .description('how well abstractors agreed before adjudication, by field')
    .argument('<study>', 'the id of the study')
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof review agreement gout-2024'))
    .action((study: string, options: CommonOptions) =>
      withStudy(openWorkspace(options.workspace), study, 'of-cohort', ({ review }) => {
        const fields = agreement(review);
        print(options.json, { fields }, () =>
          columns(
            fields.map((one) => [
              `${one.instrument}.${one.field}`,
              String(one.n),
              (one.agreed * 100).toFixed(1),
              one.kappa === null ? '' : one.kappa.toFixed(2),
            ]),
            ['field', 'pairs', 'agreed %', 'kappa'],
          ),
        );
      }),
    );
  command
    .command('verify')
    .description('check that every quotation stands word for word at its place in the chart')
    .argument('<study>', 'the id of the study')
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof review verify gout-2024'))
    .action((study: string, options: CommonOptions) =>
      withStudy(openWorkspace(options.workspace), study, 'of-cohort', ({ review }) => {
        const verdict = verifyEvidence(review);
        print(options.json, verdict, () =>
          verdict.broken.length === 0
            ? `${verdict.checked} quotations, all found at their place.`
            : columns(verdict.broken.map((one) => [one.subject, `${one.instrument}.${one.field}`, one.why])),
        );
        if (verdict.broken.length > 0) process.exitCode = 1;
      }),
    );
  command.addCommand(chartCommand());
  return command;
}
