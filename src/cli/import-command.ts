import { Command } from 'commander';
import type { Progress } from '../base/index.ts';
import { indexCurrent } from '../cohort/index.ts';
import type { Indexed } from '../notes/index.ts';
import {
  type Account,
  type ImportOptions,
  type ImportReport,
  importFhir,
  importOmop,
  importReports,
  importTable,
  quarantineReasons,
} from '../records/index.ts';
import { openWorkspace, type Workspace } from '../workspace/index.ts';
import { type CommonOptions, dryRunOption, example, jsonOption, workspaceOption } from './options.ts';
import { columns, print } from './output.ts';
import { runSteps } from './steps.ts';

/** `chartproof import fhir PATH...`, `chartproof import omop PATH...`, `chartproof import table FILE... --mapping FILE`, `chartproof import report` */
export function importCommand(): Command {
  const command = new Command('import').description('bring records into the workspace, and account for every line');
  command
    .command('fhir')
    .description('import FHIR R4 (a bulk export in NDJSON, Bundles in JSON, also .gz), and index the notes')
    .argument('<path...>', 'files, patterns such as "*.ndjson", or folders with everything below them')
    .addOption(dryRunOption())
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      example(
        'chartproof import fhir ~/export --dry-run -w ~/dermatology',
        'chartproof import fhir ~/export -w ~/dermatology',
      ),
    )
    .action((paths: string[], options: ImportCommandOptions) =>
      doImport(options, 'Importing FHIR', (workspace, how) => importFhir(workspace, paths, how)),
    );
  command
    .command('omop')
    .description('import an OMOP CDM 5.3 or 5.4 (CSV or Parquet, a file a table), and index the notes')
    .argument('<path...>', 'the folder of the export, or its files')
    .addOption(dryRunOption())
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof import omop ~/cdm -w ~/dermatology'))
    .action((paths: string[], options: ImportCommandOptions) =>
      doImport(options, 'Importing OMOP', (workspace, how) => importOmop(workspace, paths, how)),
    );
  command
    .command('table')
    .description("import tables (CSV, XLSX), such as a pharmacy's, by a mapping of their columns")
    .argument('<file...>', 'tables with the same columns')
    .requiredOption('-m, --mapping <file>', 'what the columns mean (docs/import.md)')
    .addOption(dryRunOption())
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      example(
        'chartproof import table fills.csv --mapping mapping.yaml --dry-run -w ~/dermatology',
        'chartproof import table fills.csv --mapping mapping.yaml -w ~/dermatology',
      ),
    )
    .action((files: string[], options: ImportCommandOptions & { readonly mapping: string }) =>
      doImport(options, 'Importing tables', (workspace, how) => importTable(workspace, options.mapping, files, how)),
    );
  command
    .command('report')
    .description('what was imported so far, and what became of every line')
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof import report -w ~/dermatology'))
    .action((options: CommonOptions) => {
      const reports = importReports(openWorkspace(options.workspace));
      print(options.json, { imports: reports }, () => reportsText(reports));
    });
  return command;
}

/** What an import command is given. */
export type ImportCommandOptions = CommonOptions & { readonly dryRun?: boolean };

type Import = (workspace: Workspace, options: ImportOptions) => Promise<ImportReport>;

/** Runs an import, brings the index of the notes to the new records and prints the account. */
export async function doImport(options: ImportCommandOptions, title: string, run: Import): Promise<void> {
  const workspace = openWorkspace(options.workspace);
  const { dryRun = false } = options;
  const done: { report?: ImportReport; notes?: Indexed } = {};
  const indexing = {
    title: 'Indexing notes',
    run: async (progress: Progress) => {
      done.notes = await indexCurrent(workspace, progress);
    },
  };
  await runSteps(
    [
      {
        title,
        run: async (progress) => {
          done.report = await run(workspace, { progress, now: new Date().toISOString(), dryRun });
        },
      },
      ...(dryRun ? [] : [indexing]),
    ],
    options.json,
  );
  const { report, notes } = done;
  if (!report) throw new Error('the steps did not run');
  print(options.json, notes ? { ...report, notes } : report, () =>
    [
      importText(report),
      ...(notes && notes.added > 0 ? [`${notes.notes} notes indexed, ${notes.added} of them new.`] : []),
    ].join('\n\n'),
  );
}

/** All imports, a line each, and the account of the last one. */
function reportsText(reports: readonly ImportReport[]): string {
  const last = reports.at(-1);
  if (!last) return 'Nothing was imported yet.';
  const rows = reports.map((report) => [report.at, report.kind, report.snapshot, ...figures(report)]);
  return `${columns(rows, ['at', 'kind', 'snapshot', ...FIGURES])}\n\nThe last one:\n\n${importText(last)}`;
}

const FIGURES = ['lines', 'stored', 'superseded', 'unmapped', 'quarantined'] as const satisfies (keyof Account)[];

function figures(account: Account): string[] {
  return FIGURES.map((name) => String(account[name]));
}

/** What became of the lines of an import, by type; why some are in quarantine; how rows found their persons. */
function importText(report: ImportReport): string {
  const account = columns(
    [...Object.entries(report.byType), ['all', report] as const].map(([type, each]) => [type, ...figures(each)]),
    ['', ...FIGURES],
  );
  return [
    ...previewText(report),
    account,
    ...ignoredText(report),
    ...quarantineText(report),
    ...linkageText(report),
    snapshotText(report),
  ].join('\n\n');
}

function snapshotText({ dryRun, changed, snapshot, lines, stored, superseded }: ImportReport): string {
  if (stored + superseded === 0) {
    const why = lines === 0 ? 'There was no line to read' : 'None of the lines could be used';
    return `${why}: ${dryRun ? 'nothing would be stored' : `the records are snapshot ${snapshot}`}.`;
  }
  if (dryRun) return changed ? 'A dry run: nothing was stored.' : 'A dry run: nothing in it is new.';
  return changed
    ? `The records are now snapshot ${snapshot}.`
    : `Nothing is new: the records are still snapshot ${snapshot}.`;
}

/** The first rows as the mapping reads them, each with a line for every column that has a value. */
function previewText({ preview }: ImportReport): string[] {
  return (preview ?? []).map(({ file, line, person, linkage, values }) => {
    const whose =
      person === null ? `no person (${linkage})` : `${person}${linkage === undefined ? '' : ` by ${linkage}`}`;
    const said = Object.entries(values).map(([name, value]) => [`  ${name}`, oneLine(String(value))]);
    return `${file}:${line}  ${whose}\n${columns(said)}`;
  });
}

const SHOWN_LETTERS = 100;

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > SHOWN_LETTERS ? `${line.slice(0, SHOWN_LETTERS)} ...` : line;
}

function ignoredText({ ignored }: ImportReport): string[] {
  return ignored.length === 0 ? [] : [`Not read, for their names: ${ignored.join(', ')}`];
}

function quarantineText({ reasons, quarantined, quarantineFile }: ImportReport): string[] {
  if (quarantined === 0) return [];
  const rows = Object.entries(reasons).map(([reason, count]) => [
    String(count),
    reason,
    quarantineReasons[reason as keyof typeof quarantineReasons],
  ]);
  const listed = quarantineFile === undefined ? '' : `; records/${quarantineFile} lists each line`;
  return [`In quarantine${listed}:\n${columns(rows)}`];
}

function linkageText({ linkage }: ImportReport): string[] {
  if (!linkage) return [];
  const { byRule, ambiguous, contradiction, rejected = 0, unlinked, proposed = 0, file } = linkage;
  const rows = [
    ...Object.entries(byRule).map(([rule, count]) => [
      String(count),
      rule === 'confirmed' ? 'confirmed by a steward' : `linked by ${rule.replaceAll('+', ', ')}`,
    ]),
    [String(contradiction), 'contradict the person whom they find'],
    [String(rejected), 'find a person whom a steward has rejected'],
    [String(ambiguous), 'fit more than one person'],
    [String(unlinked), 'fit nobody'],
  ];
  const listed = file === undefined ? '' : `; records/${file} lists those without a person`;
  const waiting =
    proposed === 0 ? '' : `\n${proposed} of those without a person may be somebody: chartproof linkage list`;
  return [`How rows found their persons${listed}:\n${columns(rows)}${waiting}`];
}
