import { Command, Option } from 'commander';
import { writeFileAtomic } from '../base/index.ts';
import {
  assessQuality,
  type CheckResult,
  countText,
  findSnapshot,
  groupWords,
  outcomeWords,
  type QualityReport,
  qualityPage,
  shareText,
  thresholdText,
} from '../records/index.ts';
import { openWorkspace } from '../workspace/index.ts';
import { exitCodes } from './failure.ts';
import { type CommonOptions, example, jsonOption, now, workspaceOption } from './options.ts';
import { columns, print } from './output.ts';
import { runSteps } from './steps.ts';

interface QualityOptions extends CommonOptions {
  readonly asOf: string;
  readonly snapshot?: string;
  readonly html?: string;
  readonly strict: boolean;
}

/** `chartproof quality` */
export function qualityCommand(): Command {
  return new Command('quality')
    .description('check the records: do they have the right form, are they complete, can they be true')
    .addOption(
      new Option('--as-of <day>', 'the day of the report: what is later lies in the future').default(
        now().slice(0, 'YYYY-MM-DD'.length),
        'today',
      ),
    )
    .option(
      '--snapshot <id>',
      'a snapshot of the records, or the beginning of its id; the current one where it is left out',
    )
    .option('--html <file>', 'write the report as a page too')
    .option('--strict', 'end with code 1 where a check fails', false)
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      example(
        'chartproof quality -w ~/dermatology',
        'chartproof quality -w ~/dermatology --as-of 2026-01-31 --html quality.html --strict',
      ),
    )
    .action(async (options: QualityOptions) => {
      const workspace = openWorkspace(options.workspace);
      const done: { report?: QualityReport } = {};
      const asked = {
        asOf: options.asOf,
        ...(options.snapshot === undefined ? {} : { snapshot: findSnapshot(workspace, options.snapshot).snapshot }),
      };
      const title = 'Checking the records';
      await runSteps(
        [
          {
            title,
            run: async (progress) => {
              done.report = await assessQuality(workspace, { ...asked, progress });
            },
          },
        ],
        options.json,
      );
      const { report } = done;
      if (!report) throw new Error('the step did not run');
      if (options.html !== undefined) writeFileAtomic(options.html, await qualityPage(report));
      print(options.json, report, () => reportText(report));
      if (options.strict && report.checks.some(({ outcome }) => outcome === 'fail')) {
        process.exitCode = exitCodes.refused;
      }
    });
}

/** What failed, then how many checks of each group came out how. */
function reportText({ snapshot, asOf, checks, summary }: QualityReport): string {
  const of = (outcome: CheckResult['outcome']): CheckResult[] => checks.filter((check) => check.outcome === outcome);
  const rows = summary
    .filter(({ pass, fail, notApplicable, off }) => pass + fail + notApplicable + off > 0)
    .map((cell) => [
      groupWords[cell.group],
      cell.category === 'completeness' ? '' : cell.category,
      cell.context,
      ...[cell.pass, cell.fail, cell.notApplicable, cell.off].map(String),
    ]);
  return [
    `Records ${snapshot}, as of ${asOf}.`,
    ...(of('fail').length === 0 ? ['No check failed.'] : [failedText(of('fail'))]),
    columns(rows, ['group', 'category', 'context', 'pass', 'fail', outcomeWords['not-applicable'], outcomeWords.off]),
    ...(of('off').length === 0
      ? []
      : [
          columns(
            of('off').map(({ id, reason }) => [id, reason ?? '']),
            ['switched off', 'reason'],
          ),
        ]),
  ].join('\n\n');
}

function failedText(failed: readonly CheckResult[]): string {
  return columns(
    failed.map((check) => [
      check.id,
      countText(check.atFault),
      countText(check.rows),
      shareText(check.share),
      thresholdText(check.threshold),
      check.label,
    ]),
    ['failed', 'at fault', 'judged', 'share', 'allowed', 'what is at fault'],
  );
}
