import { Command, Option } from 'commander';
import { ChartproofError, nearest } from '../base/index.ts';
import {
  type CodeEntry,
  importVocabulary,
  type KnownCode,
  knownVocabularies,
  lookUpCode,
  openRecords,
  type RelatedCode,
} from '../records/index.ts';
import { classifications } from '../vocabulary/index.ts';
import { openWorkspace } from '../workspace/index.ts';
import { doImport, type ImportCommandOptions } from './import-command.ts';
import { type CommonOptions, dryRunOption, example, jsonOption, workspaceOption } from './options.ts';
import { columns, print } from './output.ts';

/** `chartproof vocabulary import FILE...`, `chartproof vocabulary show SYSTEM CODE` */
export function vocabularyCommand(): Command {
  const command = new Command('vocabulary').description(
    'code lists and crosswalks: what codes mean, and what they map to',
  );
  command
    .command('import')
    .description('import code lists and crosswalks of ICD, as CMS publishes them (docs/vocabulary.md)')
    .argument('<file...>', 'files (.csv, .txt, also .gz), or folders with everything below them')
    .addOption(
      new Option('--system <name>', 'whose codes they are, where the files do not tell').choices([...classifications]),
    )
    .addOption(dryRunOption())
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      example(
        'chartproof vocabulary import icd10cm_order_2025.txt CMS32_DESC_LONG_DX.txt -w ~/dermatology',
        'chartproof vocabulary import 2018_I9gem.txt 2018_I10gem.txt -w ~/dermatology',
        'chartproof vocabulary import diagnoses.csv --system ICD10GM -w ~/dermatology',
      ),
    )
    .action((files: string[], { system, ...options }: ImportCommandOptions & { readonly system?: string }) =>
      doImport(options, 'Importing vocabularies', (workspace, how) =>
        importVocabulary(workspace, files, { ...how, system }),
      ),
    );
  command
    .command('show')
    .description('a code: its name, what is above and below it, what it maps to and from')
    .argument('<system>', 'the vocabulary: ICD9CM, ICD10CM, SNOMED, ...')
    .argument('<code>', 'the code, with or without its dot')
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof vocabulary show ICD9CM 274.0 -w ~/rheumatology'))
    .action(async (system: string, code: string, options: CommonOptions) => {
      const entry = await look(options.workspace, system, code);
      print(options.json, entry, () => entryText(entry));
    });
  return command;
}

async function look(dir: string, system: string, code: string): Promise<CodeEntry> {
  const records = await openRecords(openWorkspace(dir));
  try {
    const entry = await lookUpCode(records, system, code);
    if (entry) return entry;
    const known = (await knownVocabularies(records)).map(({ vocabulary }) => vocabulary);
    throw known.includes(system) ? unknownCode(system) : unknownVocabulary(system, known);
  } finally {
    records.close();
  }
}

function unknownCode(system: string): ChartproofError {
  return new ChartproofError('vocabulary.unknown-code', `The records know no such code of ${system}.`, {
    tip: 'It may be of another year: chartproof vocabulary import FILE',
  });
}

function unknownVocabulary(system: string, known: readonly string[]): ChartproofError {
  const near = nearest(system, known);
  const there =
    known.length === 0 ? 'Import a code list: chartproof vocabulary import FILE' : `There is: ${known.join(', ')}.`;
  return new ChartproofError('vocabulary.none', `The records have no codes of a vocabulary \`${system}\`.`, {
    tip: near ? `Did you mean \`${near}\`?` : there,
  });
}

function entryText(entry: CodeEntry): string {
  const kind = entry.kind === null ? '' : ` (${entry.kind})`;
  const head = `${entry.vocabulary} ${entry.code}  ${nameOf(entry)}${kind}`;
  const lists = [
    listText('Above it', entry.above, (one) => codeColumns(one)),
    listText('Below it', entry.below, (one) => codeColumns(one)),
    listText('Maps to', entry.mapsTo, mappingColumns),
    listText('Mapped from', entry.mappedFrom, mappingColumns),
  ];
  return [head, ...lists].join('\n\n');
}

function listText<Item>(title: string, items: readonly Item[], cells: (item: Item) => string[]): string {
  if (items.length === 0) return `${title}: nothing`;
  const rows = columns(items.map(cells)).split('\n');
  return [`${title}:`, ...rows.map((text) => `  ${text}`)].join('\n');
}

/** The code stands to the left also where it looks like a number. */
function codeColumns(one: KnownCode): string[] {
  return [`${one.vocabulary} ${one.code}`, nameOf(one)];
}

function mappingColumns(one: RelatedCode): string[] {
  return [...codeColumns(one), one.relationship];
}

function nameOf({ name }: KnownCode): string {
  return name ?? '(only a crosswalk names it)';
}
