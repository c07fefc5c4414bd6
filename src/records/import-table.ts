import { closeSync, openSync, writeSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ChartproofError, rowId, sha256File } from '../base/index.ts';
import type { Workspace } from '../workspace/index.ts';
import type { ImportReport, LinkageReport } from './import-report.ts';
import { type ImportOptions, type ImportSink, runImport } from './import-run.ts';
import { bytesOf, csv, findInputs, type HashedFile, hashFiles } from './input-files.ts';
import { Refusal } from './quarantine-reasons.ts';
import type { RowFile } from './row-file.ts';
import { type CsvRecord, csvRecords } from './table/csv-records.ts';
import { rowDecoder, type TableRow } from './table/decode-row.ts';
import { linkRows, unlinkedRows } from './table/link-rows.ts';
import { exposureColumns, tableRowColumns } from './table/link-sql.ts';
import type { TableMapping } from './table/mapping-schema.ts';
import { invalidMapping, type ReadMapping, readMapping } from './table/read-mapping.ts';
import { stageLinks } from './table/stage-links.ts';

/**
 * Imports tables as text (CSV) whose columns and linkage `mappingFile` explains. Persons must be there already. Memory
 * does not grow with the input. What is there already changes nothing; a table that comes again is linked anew.
 * Errors: `mapping.missing-file`, `mapping.invalid` (with `problems`), `records.missing-file`, `records.wrong-type`,
 * `records.nothing-to-import`, `records.no-header`, `workspace.locked`. Bad rows are no error: the report counts them,
 * the quarantine file and the linkage file list them.
 */
export async function importTable(
  workspace: Workspace,
  mappingFile: string,
  paths: readonly string[],
  options: ImportOptions,
): Promise<ImportReport> {
  const read = readMapping(mappingFile);
  const { files, ignored } = findInputs(paths, csv);
  const inputs = await hashFiles(files, options.progress);
  await checkHeaders(inputs, read);
  const also = [{ name: basename(mappingFile), sha256: await sha256File(mappingFile) }];
  return runImport(
    workspace,
    {
      kind: 'table',
      ignored,
      read: async (sink) => ({ also, ...(await readTables(workspace, inputs, read.mapping, sink, options)) }),
    },
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

async function headerOf(path: string, { delimiter }: TableMapping): Promise<readonly string[] | undefined> {
  for await (const { cells } of csvRecords(path, delimiter)) return cells;
  return undefined;
}

type Read = { readonly files: ImportReport['files']; readonly linkage: LinkageReport };

async function readTables(
  workspace: Workspace,
  inputs: readonly HashedFile[],
  mapping: TableMapping,
  sink: ImportSink,
  { progress }: ImportOptions,
): Promise<Read> {
  progress.step('Reading rows', bytesOf(inputs));
  const { staging, tally, parent } = sink;
  const rows = staging.scratch('table_row', tableRowColumns);
  const exposures = staging.scratch('exposure', exposureColumns);
  const files: { name: string; sha256: string; bytes: number; lines: number }[] = [];
  let version = 0;
  let before = 0;
  for (const { path, name, bytes, sha256 } of inputs) {
    let decode: ReturnType<typeof rowDecoder> | undefined;
    let lines = 0;
    for await (const record of csvRecords(path, mapping.delimiter)) {
      if (!decode) {
        decode = rowDecoder(mapping, record.cells ?? []);
        continue;
      }
      lines += 1;
      version += 1;
      stage(record, { file: name, type: mapping.source, version }, decode, sink, { rows, exposures });
      if (lines % ROWS_A_TELL === 0) progress.advance(before + record.bytesRead);
    }
    before += bytes;
    progress.advance(before);
    files.push({ name, sha256, bytes, lines });
  }
  progress.step('Linking rows to persons');
  await staging.load('table_row', rows, tableRowColumns);
  await staging.load('exposure', exposures, exposureColumns);
  const linkage = await linkRows(workspace, parent, staging, mapping.linkage);
  stageLinks(staging, mapping.source, workspace, parent);
  tally.withdrawn(mapping.source, 'linkage.ambiguous', linkage.ambiguous);
  tally.withdrawn(mapping.source, 'linkage.contradiction', linkage.contradiction);
  tally.withdrawn(mapping.source, 'linkage.none', linkage.unlinked);
  const file = await listUnlinked(sink, mapping.source);
  return { files, linkage: { ...linkage, ...(file === undefined ? {} : { file }) } };
}

const ROWS_A_TELL = 1000;

interface Origin {
  readonly file: string;
  readonly type: string;
  /** Counts the rows of all files. */
  readonly version: number;
}

function stage(
  { line, cells }: CsvRecord,
  { file, type, version }: Origin,
  decode: (cells: readonly string[]) => TableRow,
  { tally, quarantine }: ImportSink,
  { rows, exposures }: { readonly rows: RowFile; readonly exposures: RowFile },
): void {
  try {
    if (!cells) throw new Refusal('table.unreadable');
    const { name, content, exposure, keys, sourcePatient } = decode(cells);
    const origin = { src_file: file, src_line: line, src_id: name };
    rows.append(version, { resource_id: rowId(name), content, ...keys, source_patient: sourcePatient, ...origin });
    exposures.append(version, exposure);
    tally.decoded(type);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    tally.quarantined(type, error.reason);
    quarantine.add({ file, line, type, reason: error.reason, element: error.element });
  }
}

/** Writes the linkage file: where the rows are, never what they say. Its path; `undefined` where all rows are linked. */
async function listUnlinked(sink: ImportSink, type: string): Promise<string | undefined> {
  const path = join(sink.staging.folder, 'linkage.csv');
  let file: number | undefined;
  try {
    for await (const { file: table, line, reason } of unlinkedRows(sink.staging)) {
      if (file === undefined) {
        file = openSync(path, 'w');
        writeSync(file, 'file,line,reason\n');
      }
      writeSync(file, `${quoted(table)},${line},${reason}\n`);
      sink.quarantine.add({ file: table, line, type, reason });
    }
  } finally {
    if (file !== undefined) closeSync(file);
  }
  return file === undefined ? undefined : path;
}

function quoted(text: string): string {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
