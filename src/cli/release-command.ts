import { Command } from 'commander';
import type { Progress } from '../base/index.ts';
import {
  attritionText,
  type Published,
  proportionsText,
  publishStudy,
  searchText,
  statisticsText,
  tableText,
} from '../publish/index.ts';
import { withStudy } from '../review/index.ts';
import { openWorkspace, type Workspace } from '../workspace/index.ts';
import { actorOption, type CommonOptions, example, jsonOption, now, workspaceOption } from './options.ts';
import { print } from './output.ts';
import { runSteps } from './steps.ts';

/** `chartproof release STUDY` */
export function releaseCommand(): Command {
  return new Command('release')
    .description('lock the review and write tables, figures, data set and script into a release folder')
    .argument('<study>', 'the id of the study')
    .addOption(workspaceOption())
    .addOption(actorOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof release gout-2024 -w ~/rheumatology'))
    .action(async (study: string, options: CommonOptions & { readonly as: string }) => {
      const workspace = openWorkspace(options.workspace);
      let published: Published | undefined;
      const work = async (progress: Progress): Promise<void> => {
        published = await releaseStudy(workspace, study, options.as, progress);
      };
      await runSteps([{ title: 'Publishing', run: work }], options.json);
      const done = published;
      if (done)
        print(options.json, { folder: done.folder, ...done.facts }, () => `${releaseText(done)}\n\n${done.folder}`);
    });
}

/** Publishes a study as its review stands. */
export function releaseStudy(
  workspace: Workspace,
  study: string,
  actor: string,
  progress: Progress,
): Promise<Published> {
  return withStudy(workspace, study, 'of-cohort', (open) =>
    publishStudy(workspace, open, { actor, at: now(), progress }),
  );
}

/** The account, the yield of the search, the tables and the intervals as text. */
export function releaseText({ attrition, search, results, proportions, statistics }: Published): string {
  const parts = [attritionText(attrition), searchText(search), ...results.tables.map(tableText)];
  const kind = proportions.every(({ method }) => method.startsWith('exact')) ? 'exact intervals' : 'intervals';
  if (proportions.length > 0) parts.push(`Proportions with ${kind}, by R\n${proportionsText(proportions)}`);
  parts.push(...statisticsText(statistics));
  return parts.join('\n\n');
}
