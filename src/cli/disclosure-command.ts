import { Command } from 'commander';
import {
  type AcceptedWarning,
  acceptWarnings,
  chooseWarnings,
  type DisclosureWarning,
  disclosureOf,
  type Sorted,
  studyResults,
} from '../publish/index.ts';
import { type OpenStudy, withStudy } from '../review/index.ts';
import { openWorkspace } from '../workspace/index.ts';
import { actorOption, type CommonOptions, example, jsonOption, now, workspaceOption } from './options.ts';
import { columns, print } from './output.ts';

const UNFINISHED = 'note: the review is not finished; the warnings may still change\n';

/** `chartproof disclosure list|accept STUDY` */
export function disclosureCommand(): Command {
  return new Command('disclosure')
    .description('places of a release that may tell who somebody is, and why they may leave all the same')
    .addCommand(listCommand())
    .addCommand(acceptCommand());
}

function listCommand(): Command {
  return new Command('list')
    .description('every warning, open and accepted')
    .argument('<study>', 'the id of the study')
    .option('--open', 'only those that nobody accepted', false)
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      example('chartproof disclosure list gout-2024', 'chartproof disclosure list gout-2024 --open'),
    )
    .action((study: string, options: CommonOptions & { readonly open: boolean }) =>
      withStudy(openWorkspace(options.workspace), study, 'of-cohort', (open) => {
        const { accepted, open: unaccepted } = warningsOf(open);
        const shown = { open: unaccepted, accepted: options.open ? [] : accepted };
        print(options.json, shown, () => listText(shown));
      }),
    );
}

interface AcceptOptions extends CommonOptions {
  readonly all: boolean;
  readonly reason: string;
  readonly as: string;
}

function acceptCommand(): Command {
  return new Command('accept')
    .description('accept warnings, with a reason that stays in the study and in the release')
    .argument('<study>', 'the id of the study')
    .argument('[warnings...]', 'a kind (small-cell), a place or what is below it (table2), or both (small-cell:table2)')
    .option('--all', 'every open warning', false)
    .requiredOption('--reason <words>', 'why it may leave all the same')
    .addOption(actorOption())
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nA warning is accepted as it is told: with another count, or in another place, it is open again.',
    )
    .addHelpText(
      'after',
      example(`chartproof disclosure accept gout-2024 small-cell:table2 --reason 'approved by the committee, 2024-03'`),
    )
    .action((study: string, names: readonly string[], options: AcceptOptions, command: Command) => {
      if (options.all === names.length > 0) command.error("error: name warnings, or '--all'");
      return withStudy(openWorkspace(options.workspace), study, 'of-cohort', (open) => {
        const unaccepted = warningsOf(open).open;
        const chosen = options.all ? unaccepted : chooseWarnings(unaccepted, names);
        acceptWarnings(open.database, chosen, options.reason, { actor: options.as, at: now() });
        const left = unaccepted.length - chosen.length;
        print(options.json, { accepted: chosen, open: left }, () => `${chosen.length} accepted, ${left} open.`);
      });
    });
}

function warningsOf(open: OpenStudy): Sorted {
  const found = studyResults(open);
  if (found.state.open.length > 0) process.stderr.write(UNFINISHED);
  return disclosureOf(open, found);
}

function listText({ open, accepted }: Sorted): string {
  if (open.length + accepted.length === 0) return 'No warnings.';
  const parts = [
    ...(open.length > 0 ? [`Open: ${open.length}\n${columns(open.map(cells))}`] : ['Open: none']),
    ...[...Map.groupBy(accepted, reasonOf)].map(
      ([reason, own]) => `Accepted: ${own.length} (${reason})\n${columns(own.map(cells))}`,
    ),
  ];
  return parts.join('\n\n');
}

function reasonOf({ actor, reason }: AcceptedWarning): string {
  return `${actor}: ${reason}`;
}

function cells({ code, place, text }: DisclosureWarning): string[] {
  return [code, place, text];
}
