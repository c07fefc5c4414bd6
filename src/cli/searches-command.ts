import { Command, InvalidArgumentError, Option } from 'commander';
import type { Progress } from '../base/index.ts';
import { explainSearch, keptSearches } from '../cohort/index.ts';
import { loadStudyProtocol } from '../protocol/index.ts';
import { searchLogCsv, searchMethods } from '../publish/index.ts';
import { importReports } from '../records/index.ts';
import { openStudyDatabase, openWorkspace, type StudyDatabase } from '../workspace/index.ts';
import { actorOption, type CommonOptions, example, jsonOption, now, workspaceOption } from './options.ts';
import { print } from './output.ts';
import { type RerunOptions, rerunSearches, rerunsText } from './rerun-searches.ts';
import { logText } from './search-log-text.ts';
import { runSteps } from './steps.ts';

type SearchesOptions = CommonOptions & { readonly study: string };

/** `chartproof searches list|explain|rerun|methods --study STUDY` */
export function searchesCommand(): Command {
  return new Command('searches')
    .description('the search log of a study: what was searched, by whom, when and why, and what it comes to now')
    .addCommand(listCommand())
    .addCommand(explainCommand())
    .addCommand(rerunCommand())
    .addCommand(methodsCommand());
}

function listCommand(): Command {
  return ofStudy('list', 'every search that was asked, with its counts')
    .addOption(new Option('--format <format>', 'of what is printed').choices(['text', 'csv']).default('text'))
    .addHelpText(
      'after',
      example(
        'chartproof searches list --study gout-2024',
        'chartproof searches list --study gout-2024 --format csv > searches.csv',
      ),
    )
    .action((options: SearchesOptions & { readonly format: 'text' | 'csv' }) =>
      withLog(options, (database) => {
        const searches = keptSearches(database);
        print(options.json, { searches }, () =>
          options.format === 'csv' ? searchLogCsv(searches) : logText(searches),
        );
      }),
    );
}

function explainCommand(): Command {
  return ofStudy('explain', 'say what a search was for, where that was not said or was said wrongly')
    .argument('<id>', 'its number in the log', number)
    .requiredOption('--why <reason>', 'what it was for, as the methods of the study will say it')
    .addOption(actorOption())
    .addHelpText('after', example(`chartproof searches explain 3 --study gout-2024 --why 'text arm, as registered'`))
    .action((id: number, options: SearchesOptions & { readonly why: string; readonly as: string }) =>
      withLog(options, (database) => {
        const search = explainSearch(database, id, options.why, { actor: options.as, at: now() });
        print(options.json, search, () => `Search ${search.id}: ${search.why}`);
      }),
    );
}

function rerunCommand(): Command {
  return ofStudy('rerun', 'ask searches again of the newest records: the counts then and now, who came and who went')
    .argument('[id]', 'the number of a search in the log', number)
    .option('--all', 'every query of the log, as it was asked last', false)
    .option('--snapshot <snapshot>', 'a snapshot, or the beginning of its id; the current one where it is left out')
    .addOption(actorOption())
    .addHelpText(
      'after',
      '\nThe index of the notes is brought up to date first. The repetition is kept in the log too.',
    )
    .addHelpText(
      'after',
      example('chartproof searches rerun 3 --study gout-2024', 'chartproof searches rerun --all --study gout-2024'),
    )
    .action(async (id: number | undefined, options: RerunOptions, command: Command) => {
      if ((id === undefined) !== options.all) command.error("error: name a search, or '--all'");
      const done: { reruns?: Awaited<ReturnType<typeof rerunSearches>> } = {};
      const run = async (progress: Progress): Promise<void> => {
        done.reruns = await rerunSearches(openWorkspace(options.workspace), id, options, progress);
      };
      await runSteps([{ title: 'Asking again', run }], options.json);
      const { reruns } = done;
      if (reruns) print(options.json, { reruns }, () => rerunsText(reruns));
    });
}

function methodsCommand(): Command {
  return ofStudy('methods', 'the log as text for the supplement of a paper, in Markdown (RECORD, item 6.1)')
    .addHelpText('after', example('chartproof searches methods --study gout-2024 > searches.md'))
    .action((options: SearchesOptions) =>
      withLog(options, (database) => {
        const workspace = openWorkspace(options.workspace);
        const { protocol } = loadStudyProtocol(workspace, options.study);
        const made = importReports(workspace).filter(({ changed }) => changed);
        const importedOn = new Map(made.map(({ snapshot, at }) => [snapshot as string, at]));
        const markdown = searchMethods(keptSearches(database), { protocol, importedOn });
        print(options.json, { markdown }, () => markdown);
      }),
    );
}

function ofStudy(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .requiredOption('--study <id>', 'the id of the study')
    .addOption(workspaceOption())
    .addOption(jsonOption());
}

/** The log needs no records: it is read also where they are gone. */
function withLog(options: SearchesOptions, work: (database: StudyDatabase) => void): void {
  const workspace = openWorkspace(options.workspace);
  loadStudyProtocol(workspace, options.study); // says so where there is no such study
  const database = openStudyDatabase(workspace, options.study);
  try {
    work(database);
  } finally {
    database.close();
  }
}

function number(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Not the number of a search.');
}
