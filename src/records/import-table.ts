import { basename, resolve } from 'node:path';
import { ChartproofError, sha256File } from '../base/index.ts';
import type { Workspace } from '../workspace/index.ts';
import type { ImportReport } from './import-report.ts';
import { type ImportedInputs, type ImportOptions, type ImportSink, runImport } from './import-run.ts';
import { findInputs, type HashedFile, hashFiles, tableFiles } from './input-files.ts';
import { stageDecisions } from './table/decisions.ts';
import { linkRows } from './table/link-rows.ts';
import { listUnlinked } from './table/list-unlinked.ts';
import type { TableMapping } from './table/mapping-schema.ts';
import { previewRows } from './table/preview-rows.ts';
import { invalidMapping, type ReadMapping, readMapping } from './table/read-mapping.ts';
import { stageLinks } from './table/stage-links.ts';
import { stageRows, tablesOf } from './table/stage-rows.ts';
import { tableRecords } from './table/table-records.ts';

/**
 * Imports tables (CSV, CSV in gzip, XLSX) whose columns and linkage `mappingFile` explains. Persons must be there
 * already, unless the rows become persons. Memory does not grow with a CSV file; a sheet is read as a whole. What is
 * there already changes nothing; a table that comes again is linked anew. A dry run has `preview`.
 * Errors: `mapping.missing-file`, `mapping.invalid` (with `problems`), `mapping.unknown-sheet`, `records.missing-file`,
 * `records.wrong-type`, `records.nothing-to-import`, `records.no-header`, `records.damaged-file`, `records.too-large`,
 * `base.damaged-file`, `workspace.locked`. Bad rows are no error: the report counts them, the quarantine file and the
 * linkage file list them.
 */
export async function importTable(
  workspace: Workspace,
  mappingFile: string,
  paths: readonly string[],
  options: ImportOptions,
): Promise<ImportReport> {
  const read = readMapping(mappingFile);
  const { files, ignored } = findInputs(paths, tableFiles);
  const inputs = await hashFiles(files, options.progress);
  await checkHeaders(inputs, read);
  const source = { mapping: read.mapping, mappingFile, inputs };
  return runImport(
    workspace,
    { kind: 'table', ignored, read: (sink) => readTables(workspace, source, sink, options) },
    options,
  );
}

async function checkHeaders(inputs: readonly HashedFile[], { mapping, problemsWith }: ReadMapping): Promise<void> {
  for (const { path, name } of inputs) {
    const header = await headerOf(path, mapping);
    if (!header) {
      throw new ChartproofError('records.no-header', 'The first line of the table does not name its columns.', {
        tip: 'The file is empty, or its first line is no CSV.',
        place: { file: path, line: 1 },
      });
    }
    const problems = problemsWith(header, name);
    if (problems.length > 0) throw invalidMapping(problems);
  }
}

async function headerOf(path: string, mapping: TableMapping): Promise<readonly string[] | undefined> {
  for await (const { cells } of tableRecords(path, mapping)) return cells;
  return undefined;
}

/** Tables and what they mean. */
interface TableSource {
  readonly mapping: TableMapping;
  readonly mappingFile: string;
  readonly inputs: readonly HashedFile[];
}

async function readTables(
  workspace: Workspace,
  { mapping, mappingFile, inputs }: TableSource,
  sink: ImportSink,
  { progress, dryRun = false }: ImportOptions,
): Promise<ImportedInputs> {
  const { staging, tally, parent } = sink;
  const { source } = mapping;
  const { files, samples } = await stageRows(inputs, mapping, sink, progress);
  progress.step('Linking rows to persons');
  const decisions = await stageDecisions(workspace, source, staging);
  const linkage = await linkRows(workspace, parent, staging, mapping);
  stageLinks(staging, tablesOf(mapping.becomes), source, workspace, parent);
  const read = {
    files,
    also: [{ name: basename(mappingFile), sha256: await sha256File(mappingFile) }, ...decisions],
    ...(dryRun ? { preview: await previewRows(staging, mapping, samples) } : {}),
  };
  if (!linkage) return read;
  tally.withdrawn(source, 'linkage.ambiguous', linkage.ambiguous);
  tally.withdrawn(source, 'linkage.contradiction', linkage.contradiction);
  tally.withdrawn(source, 'linkage.rejected', linkage.rejected);
  tally.withdrawn(source, 'linkage.none', linkage.unlinked);
  const lists = await listUnlinked(sink, {
    source,
    mapping: resolve(mappingFile),
    files: inputs.map(({ name, path, sha256 }) => ({ name, path, sha256 })),
  });
  return { ...read, linkage: { ...linkage, ...lists } };
}
