import { basename } from 'node:path';
import { Command } from 'commander';
import { type Progress, writeFileAtomic } from '../base/index.ts';
import {
  attritionText,
  type Published,
  type PublishOptions,
  printedTables,
  printedText,
  publishStudy,
  readBundle,
  searchText,
  zipOf,
} from '../publish/index.ts';
import { withStudy } from '../review/index.ts';
import { openWorkspace, type Workspace } from '../workspace/index.ts';
import { actorOption, type CommonOptions, example, jsonOption, now, reasonOf, workspaceOption } from './options.ts';
import { print } from './output.ts';
import { runSteps } from './steps.ts';

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
    .option('--accept <reason>', 'accept every open warning of the disclosure check, for this reason')
    .option('--zip', 'write the folder as one file beside it too', false)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      example('chartproof release gout-2024 -w ~/rheumatology', 'chartproof release gout-2024 --zip'),
    )
    .action(async (study: string, options: ReleaseOptions) => {
      const workspace = openWorkspace(options.workspace);
      let published: Published | undefined;
      const work = async (progress: Progress): Promise<void> => {
        published = await releaseStudy(workspace, study, options.as, progress, {
          accepting: options.accept,
          acceptChanges: options.acceptChanges,
        });
      };
      await runSteps([{ title: 'Publishing', run: work }], options.json);
      const done = published;
      if (!done) return;
      const zip = options.zip ? { zip: zipFolder(done.folder) } : {};
      const places = [done.folder, ...Object.values(zip)].join('\n');
      print(options.json, { folder: done.folder, ...zip, ...done.facts }, () => `${releaseText(done)}\n\n${places}`);
    });
}

interface ReleaseOptions extends CommonOptions {
  readonly as: string;
  readonly accept?: string;
  readonly acceptChanges?: string;
  readonly zip: boolean;
}

/** Writes the folder's files as one file beside it, and returns its path. */
function zipFolder(folder: string): string {
  const path = `${folder}.zip`;
  writeFileAtomic(path, zipOf(basename(folder), readBundle(folder)));
  return path;
}

/** Publishes a study as its review stands. */
export function releaseStudy(
  workspace: Workspace,
  study: string,
  actor: string,
  progress: Progress,
  reasons: Partial<Pick<PublishOptions, 'accepting' | 'acceptChanges'>> = {},
): Promise<Published> {
  return withStudy(workspace, study, 'of-cohort', (open) =>
    publishStudy(workspace, open, { actor, at: now(), progress, ...reasons }),
  );
}

/** The account, the yield of the search, the tables and what R computed as text; agreement has a command of its own. */
export function releaseText({ attrition, search, results, statistics }: Published): string {
  const tables = printedTables(results, { ...statistics, agreement: [] });
  return [attritionText(attrition), searchText(search), ...tables.map(printedText)].join('\n\n');
}
