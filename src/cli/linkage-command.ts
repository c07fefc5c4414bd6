import { Command } from 'commander';
import {
  type Candidate,
  decideRow,
  type LinkageDecision,
  type MovedTo,
  type OpenRow,
  openRows,
  type PersonWords,
  type ShownRow,
  showRow,
} from '../records/index.ts';
import { openWorkspace } from '../workspace/index.ts';
import { actorOption, type CommonOptions, example, jsonOption, now, workspaceOption } from './options.ts';
import { columns, print } from './output.ts';

/** `chartproof linkage list|show|confirm|reject` */
export function linkageCommand(): Command {
  const command = new Command('linkage').description('rows of tables whose person is not certain, for a data steward');
  return command
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(decideCommand('confirm', 'confirmed', 'a row is of this person, whatever the rules of the mapping say'))
    .addCommand(decideCommand('reject', 'rejected', 'a row is not of this person: neither linked nor proposed again'));
}

function listCommand(): Command {
  return new Command('list')
    .description('the rows that no rule linked and no steward has settled, and who may be whose')
    .option('--source <source>', 'only rows of this source, as the mapping names it')
    .option('--all', 'also rows for which nobody is proposed', false)
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof linkage list --source compounding-pharmacy -w ~/dermatology'))
    .action(async (options: CommonOptions & { readonly source?: string; readonly all: boolean }) => {
      const rows = await openRows(openWorkspace(options.workspace), options.source);
      const shown = options.all ? rows : rows.filter(({ candidates }) => candidates.length > 0);
      const listed = shown.map(({ row, file, line, reason, candidates }) => ({ row, file, line, reason, candidates }));
      print(options.json, { rows: listed, open: rows.length }, () => listText(shown, rows.length));
    });
}

function showCommand(): Command {
  return new Command('show')
    .description('a row beside the persons who may be it; this prints names, and who looked is kept')
    .argument('<row>', 'the row by its name, or by file and line: fills.csv:12')
    .option('--table <file>', 'the table, where it has been moved since the import')
    .option('--mapping <file>', 'its mapping, where it has been moved')
    .addOption(actorOption())
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof linkage show fills.csv:12 --as steward -w ~/dermatology'))
    .action(async (row: string, options: CommonOptions & MovedTo & { readonly as: string }) => {
      const look = { by: options.as, at: now() };
      const shown = await showRow(openWorkspace(options.workspace), row, look, options);
      print(options.json, shown, () => rowText(shown));
    });
}

function decideCommand(name: string, verdict: LinkageDecision['verdict'], description: string): Command {
  return new Command(name)
    .description(description)
    .argument('<row>', 'the row by its name, or by file and line: fills.csv:12')
    .argument('<person>', 'the person by source id: Patient/123')
    .addOption(actorOption())
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText('after', example(`chartproof linkage ${name} fills.csv:12 Patient/123 --as steward -w ~/dermatology`))
    .action(async (row: string, person: string, options: CommonOptions & { readonly as: string }) => {
      const workspace = openWorkspace(options.workspace);
      const made = await decideRow(workspace, { row, person, verdict, by: options.as, at: now() });
      print(
        options.json,
        made,
        () =>
          `${made.row} and ${made.person}: ${verdict} by ${made.by}.\nImport the table again, and the records follow.`,
      );
    });
}

function listText(rows: readonly OpenRow[], open: number): string {
  const hidden = open - rows.length;
  const rest = hidden === 0 ? [] : [`Nobody is proposed for ${hidden} more (--all shows them).`];
  if (rows.length === 0) return ['No row waits for a decision.', ...rest].join(' ');
  const lines = rows.flatMap(({ row, file, line, reason, candidates }) =>
    (candidates.length === 0 ? [undefined] : candidates).map((candidate, at) => [
      ...(at === 0 ? [row, `${file}:${line}`, reason] : ['', '', '']),
      ...(candidate ? [candidate.person, candidate.score.toFixed(1), agreement(candidate)] : ['', '', '']),
    ]),
  );
  const table = columns(lines, ['row', 'at', 'why not linked', 'may be', 'score', 'agrees']);
  return [table, ...rest].join('\n\n');
}

/** `record_number close, birth_date exact` */
function agreement({ agrees }: Candidate): string {
  return Object.entries(agrees)
    .map(([field, level]) => `${field} ${level}`)
    .join(', ');
}

const FIELDS = [
  'record_number',
  'family_name',
  'given_name',
  'birth_date',
  'sex',
] as const satisfies (keyof PersonWords)[];

/** The row on top, below it each candidate with its names and numbers, a field a column. */
function rowText({ row, file, line, reason, said, candidates }: ShownRow): string {
  const cells = (words: PersonWords) => FIELDS.map((field) => words[field] ?? '');
  const table = columns(
    [
      ['the row', '', ...cells(said)],
      ...candidates.flatMap((candidate) => [
        ...candidate.known.map((known, at) => [
          at === 0 ? candidate.person : '',
          at === 0 ? candidate.score.toFixed(1) : '',
          ...cells(known),
        ]),
        ['', '', ...FIELDS.map((field) => candidate.agrees[field] ?? '')],
      ]),
    ],
    ['', 'score', ...FIELDS],
  );
  const nobody = candidates.length === 0 ? '\nNobody is proposed.' : '';
  return `${row} (${file}:${line}, ${reason})\n\n${table}${nobody}`;
}
