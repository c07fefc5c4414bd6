import { Command } from 'commander';
import type { Progress } from '../base/index.ts';
import { type Indexed, indexNotes } from '../notes/index.ts';
import {
  type Account,
  type ImportOptions,
  type ImportReport,
  importFhir,
  importOmop,
  importReports,
  importTable,
  openRecords,
  quarantineReasons,
} from '../records/index.ts';
import { openWorkspace, type Workspace } from '../workspace/index.ts';
import { type CommonOptions, example, jsonOption, workspaceOption } from './options.ts';
import { columns, print } from './output.ts';
import { runSteps } from './steps.ts';

/** `chartproof import fhir PATH...`, `chartproof import omop PATH...`, `chartproof import table FILE... --mapping FILE`, `chartproof import report` */
export function importCommand(): Command {
  const command = new Command('import').description('bring records into the workspace, and account for every line');
  command
    .command('fhir')
    .description('import FHIR R4 NDJSON (a bulk export), and index the notes')
    .argument('<path...>', 'files, or folders with everything below them')
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof import fhir ~/export -w ~/dermatology'))
    .action((paths: string[], options: CommonOptions) =>
      doImport(options, 'Importing FHIR', (workspace, how) => importFhir(workspace, paths, how)),
    );
  command
    .command('omop')
    .description('import an OMOP CDM 5.3 or 5.4 (CSV or Parquet, a file a table), and index the notes')
    .argument('<path...>', 'the folder of the export, or its files')
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof import omop ~/cdm -w ~/dermatology'))
    .action((paths: string[], options: CommonOptions) =>
      doImport(options, 'Importing OMOP', (workspace, how) => importOmop(workspace, paths, how)),
    );
  command
    .command('table')
    .description("import tables (CSV), such as a pharmacy's, by a mapping of their columns")
    .argument('<file...>', 'tables with the same columns')
    .requiredOption('-m, --mapping <file>', 'what the columns mean (docs/import.md)')
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .addHelpText('after', example('chartproof import table fills.csv --mapping mapping.yaml -w ~/dermatology'))
    .action((files: string[], options: CommonOptions & { readonly mapping: string }) =>
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

type Import = (workspace: Workspace, options: ImportOptions) => Promise<ImportReport>;

async function doImport(options: CommonOptions, title: string, run: Import): Promise<void> {
  const workspace = openWorkspace(options.workspace);
  const done: { report?: ImportReport; notes?: Indexed } = {};
  await runSteps(
    [
      {
        title,
        run: async (progress) => {
          done.report = await run(workspace, { progress, now: new Date().toISOString() });
        },
      },
      {
        title: 'Indexing notes',
        run: async (progress) => {
          done.notes = await indexCurrent(workspace, progress);
        },
      },
    ],
    options.json,
  );
  const { report, notes } = done;
  if (!report || !notes) throw new Error('the steps did not run');
  print(
    options.json,
    { ...report, notes },
    () => `${importText(report)}\n\n${notes.notes} notes indexed, ${notes.added} of them new.`,
  );
}

/** Brings the index of the notes to the current records. */
export async function indexCurrent(workspace: Workspace, progress: Progress): Promise<Indexed> {
  const records = await openRecords(workspace);
  try {
    return await indexNotes(workspace, records, { progress });
  } finally {
    records.close();
  }
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
  const snapshot = report.changed
    ? `The records are now snapshot ${report.snapshot}.`
    : `Nothing is new: the records are still snapshot ${report.snapshot}.`;
  return [account, ...ignoredText(report), ...quarantineText(report), ...linkageText(report), snapshot].join('\n\n');
}

function ignoredText({ ignored }: ImportReport): string[] {
  return ignored.length === 0 ? [] : [`Not read, for their names: ${ignored.join(', ')}`];
}

function quarantineText({ reasons, quarantineFile }: ImportReport): string[] {
  if (quarantineFile === undefined) return [];
  const rows = Object.entries(reasons).map(([reason, count]) => [
    String(count),
    reason,
    quarantineReasons[reason as keyof typeof quarantineReasons],
  ]);
  return [`In quarantine; records/${quarantineFile} lists each line:\n${columns(rows)}`];
}

function linkageText({ linkage }: ImportReport): string[] {
  if (!linkage) return [];
  const { byRule, ambiguous, contradiction, unlinked, file } = linkage;
  const rows = [
    ...Object.entries(byRule).map(([rule, count]) => [String(count), `linked by ${rule.replaceAll('+', ', ')}`]),
    [String(contradiction), 'contradict the person whom they find'],
    [String(ambiguous), 'fit more than one person'],
    [String(unlinked), 'fit nobody'],
  ];
  const listed = file === undefined ? '' : `; records/${file} lists those without a person`;
  return [`How rows found their persons${listed}:\n${columns(rows)}`];
}
