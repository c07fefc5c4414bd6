import { Command } from 'commander';
import type { Progress } from '../base/index.ts';
import {
  attritionText,
  type Published,
  proportionsText,
  publishStudy,
  searchText,
  tableText,
} from '../publish/index.ts';
import { withStudy } from '../review/index.ts';
import { openWorkspace, type Workspace } from '../workspace/index.ts';
import { actorOption, type CommonOptions, example, jsonOption, now, reasonOf, workspaceOption } from './options.ts';
import { print } from './output.ts';
import { runSteps } from './steps.ts';

interface ReleaseOptions extends CommonOptions {
  readonly as: string;
  readonly acceptChanges?: string;
}

/** `chartproof release STUDY` */
export function releaseCommand(): Command {
  return new Command('release')
    .description('lock the review and write tables, figures, data set and script into a release folder')
    .argument('<study>', 'the id of the study')
    .option(
      '--accept-changes <reason>',
      'publish the text although approved numbers moved; the reason is kept',
      reasonOf,
    )
    .addOption(workspaceOption())
    .addOption(actorOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof release gout-2024 -w ~/rheumatology'))
    .action(async (study: string, options: ReleaseOptions) => {
      const workspace = openWorkspace(options.workspace);
      let published: Published | undefined;
      const work = async (progress: Progress): Promise<void> => {
        published = await releaseStudy(workspace, study, options.as, progress, options.acceptChanges);
      };
      await runSteps([{ title: 'Publishing', run: work }], options.json);
      const done = published;
      if (done)
        print(options.json, { folder: done.folder, ...done.facts }, () => `${releaseText(done)}\n\n${done.folder}`);
    });
}

/** Publishes a study as its review stands; `acceptChanges` is why numbers of the text may have moved. */
export function releaseStudy(
  workspace: Workspace,
  study: string,
  actor: string,
  progress: Progress,
  acceptChanges?: string,
): Promise<Published> {
  return withStudy(workspace, study, 'of-cohort', (open) =>
    publishStudy(workspace, open, {
      actor,
      at: now(),
      progress,
      ...(acceptChanges === undefined ? {} : { acceptChanges }),
    }),
  );
}

/** The account, the yield of the search, the tables and the intervals as text. */
export function releaseText({ attrition, search, results, proportions }: Published): string {
  const parts = [attritionText(attrition), searchText(search), ...results.tables.map(tableText)];
  if (proportions.length > 0) parts.push(`Proportions with exact intervals, by R\n${proportionsText(proportions)}`);
  return parts.join('\n\n');
}
