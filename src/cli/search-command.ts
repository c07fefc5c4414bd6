import { Command, InvalidArgumentError, Option } from 'commander';
import { askNotes, type KeptSearch, type ListKind, type ListLine, listLines } from '../cohort/index.ts';
import type { NoteAnswer } from '../notes/index.ts';
import { withStudy } from '../review/index.ts';
import { openWorkspace } from '../workspace/index.ts';
import { actorOption, type CommonOptions, example, jsonOption, now, workspaceOption } from './options.ts';
import { print } from './output.ts';
import { searchText } from './search-text.ts';
import { runSteps } from './steps.ts';

interface SearchOptions extends CommonOptions {
  readonly study: string;
  readonly by?: 'person' | 'note';
  readonly notes: boolean;
  readonly once: boolean;
  readonly order: 'person' | 'mentions';
  readonly from: number;
  readonly limit: number;
  readonly all: boolean;
  readonly why?: string;
  readonly as: string;
}

/** `chartproof search QUERY` */
export function searchCommand(): Command {
  return new Command('search')
    .description('search the notes of those who may be used for research, and keep the search in the log of the study')
    .argument('<query>', 'what to look for (docs/search.md)')
    .requiredOption('--study <id>', 'whose term sets, authorization and log count')
    .addOption(new Option('--by <what>', 'list the persons, or the notes').choices(['person', 'note']))
    .addOption(new Option('--notes', 'show the notes and where the words stand').default(false).conflicts('by'))
    .addOption(
      new Option('--once', 'also count without what was copied from an earlier note; lists count so')
        .default(false)
        .conflicts('notes'),
    )
    .addOption(new Option('--order <order>', 'of persons').choices(['person', 'mentions']).default('person'))
    .option('--from <n>', 'how many of the list to pass over', count, 0)
    .option('--limit <n>', 'how many to show', positive, 20)
    .option('--all', 'with --json: the whole list, a line each, and nothing else', false)
    .option('--why <reason>', 'what the search is for, as the methods of the study will say it')
    .addOption(workspaceOption())
    .addOption(actorOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      example(
        `chartproof search 'affirmed(psoriasis)' --study my-study --why 'text arm, first draft'`,
        `chartproof search 'not_negated("night sweats") AND date:[2012 TO 2015]' --study my-study --notes`,
        `chartproof search '@psoriasis' --study my-study --once --by note`,
        `chartproof search '@psoriasis' --study my-study --by person --order mentions --limit 50`,
        `chartproof search '@psoriasis' --study my-study --by person --all --json > persons.ndjson`,
      ),
    )
    .action((query: string, options: SearchOptions, command: Command) => {
      const kind = options.notes ? 'highlight' : options.by;
      if (options.all && !(options.json && kind))
        command.error("error: '--all' goes with '--json' and a list: '--by' or '--notes'");
      return search(query, kind, options);
    });
}

async function search(query: string, kind: ListKind | undefined, options: SearchOptions): Promise<void> {
  const { study: id, once, order, from, limit, all, json, why, as: actor } = options;
  await withStudy(openWorkspace(options.workspace), id, 'of-cohort', async (open) => {
    const lines: ListLine[] = [];
    const done: { answer?: NoteAnswer; kept?: KeptSearch; listed?: NoteAnswer } = {};
    const ask = async (): Promise<void> => {
      const question = { query, protocol: open.study.sha256, why };
      const { answer, kept } = askNotes(open.database, open.gate, question, { actor, at: now() });
      const listed = once ? { ...answer, ...answer.withoutCopies() } : answer;
      Object.assign(done, { answer, kept, listed });
      if (!kind || all) return;
      const page = { from, count: limit };
      for await (const line of listLines(open, listed, kind, { order, page })) lines.push(line);
    };
    await runSteps([{ title: 'Searching', run: ask }], json);
    const { answer, kept, listed } = done;
    if (!answer || !kept || !listed) throw new Error('the step did not run');
    if (kind && all) return stream(listLines(open, listed, kind, { order }));
    const { totals } = answer;
    const withoutCopies = once ? listed.totals : undefined;
    const list = kind ? { [LISTS[kind]]: lines, from, limit } : {};
    print(json, { ...totals, withoutCopies, search: kept.id, ...list }, () =>
      searchText(open, { totals, withoutCopies, kept, kind, lines, from }),
    );
  });
}

/** Under what a list stands in the JSON. */
const LISTS: Readonly<Record<ListKind, string>> = { person: 'byPerson', note: 'byNote', highlight: 'shown' };

/** One JSON object a line, each written before the next is read. */
async function stream(lines: AsyncIterable<ListLine>): Promise<void> {
  for await (const line of lines) {
    if (!process.stdout.write(`${JSON.stringify(line)}\n`)) {
      await new Promise((resume) => process.stdout.once('drain', resume));
    }
  }
}

function positive(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Not a number above 0.');
}

function count(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Not a number from 0.');
}
