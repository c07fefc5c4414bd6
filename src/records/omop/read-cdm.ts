/**
 * The files of a CDM become tables of the staging (`cdm_person`, `cdm_measurement`, ...), and each of their rows is
 * accounted for: it will be a row of the records, its table is not used, or it is in quarantine.
 */
import { ChartproofError } from '../../base/index.ts';
import type { ImportReport } from '../import-report.ts';
import type { ImportOptions, ImportSink } from '../import-run.ts';
import { bytesOf } from '../input-files.ts';
import { rowsInBatches } from '../open-records.ts';
import type { QuarantineReason } from '../quarantine-reasons.ts';
import { noRows } from '../rows.ts';
import { type CdmFile, isParquet } from './cdm-files.ts';
import { type CdmTableName, cdmTableNames, isMapped } from './cdm-tables.ts';
import { cellFunctions, typedColumns, typedRows } from './cell-sql.ts';
import { csvHeader } from './csv-header.ts';
import { readCsv } from './read-csv.ts';
import { parquetColumns, readParquet } from './read-parquet.ts';
import { checkColumns } from './required-columns.ts';

/** Files of a table with the same columns: queries for their cells, and how many rows they must give. */
interface Part {
  readonly names: readonly string[];
  readonly cells: readonly string[];
  readonly expected: number;
}

/**
 * Reads the files, in their order. Errors: `omop.missing-column`, `omop.miscounted`, `records.no-header`,
 * `base.damaged-file`.
 */
export async function readCdm(
  inputs: readonly CdmFile[],
  sink: ImportSink,
  { progress }: ImportOptions,
): Promise<ImportReport['files']> {
  const { connection } = sink.staging;
  const headers = new Map<CdmFile, readonly string[]>();
  for (const file of inputs) {
    const names = isParquet(file) ? await parquetColumns(connection, file) : await csvHeader(file);
    checkColumns(file, names);
    headers.set(file, names);
  }
  progress.step('Reading tables', bytesOf(inputs));
  const tables = new Map<CdmTableName, Part[]>();
  const files: ImportReport['files'][number][] = [];
  let [version, before] = [1, 0];
  for (const [file, names] of headers) {
    const read = isParquet(file)
      ? await readParquet(connection, file, names, version)
      : await readCsv(file, names, version, sink, (bytes) => progress.advance(before + bytes));
    const { table, name, sha256, bytes } = file;
    if (isMapped(table) && read.cells !== undefined) {
      const part = { names, cells: [read.cells], expected: read.sound };
      tables.set(table, withPart(tables.get(table) ?? [], part));
    } else {
      count(sink, table, { lines: read.sound, unmapped: read.sound });
    }
    version += read.rows;
    before += bytes;
    files.push({ name, sha256, bytes, lines: read.rows });
  }
  await createTables(tables, sink, { progress });
  return files;
}

/** A table may come in thousands of files; one query for all with the same columns is what DuckDB can hold. */
function withPart(parts: readonly Part[], { names, cells, expected }: Part): Part[] {
  const key = String([...names].sort());
  const same = parts.find((part) => String([...part.names].sort()) === key);
  if (!same) return [...parts, { names, cells, expected }];
  const joined = { names: same.names, cells: [...same.cells, ...cells], expected: same.expected + expected };
  return parts.map((part) => (part === same ? joined : part));
}

async function createTables(
  tables: ReadonlyMap<CdmTableName, readonly Part[]>,
  sink: ImportSink,
  { progress }: Pick<ImportOptions, 'progress'>,
): Promise<void> {
  progress.step('Checking rows', tables.size);
  for (const statement of cellFunctions) await sink.staging.connection.run(statement);
  let done = 0;
  for (const table of cdmTableNames) {
    const parts = tables.get(table) ?? [];
    const rows = parts.map(({ names, cells }) => typedRows(table, names, cells.join(' UNION ALL BY NAME ')));
    const query = [noRows(typedColumns(table)), ...rows].map((each) => `(${each})`);
    try {
      await sink.staging.connection.run(`CREATE ${kind(table)} cdm_${table} AS ${query.join(' UNION ALL ')}`);
      if (parts.length === 0) continue;
      await account(table, sink, sumOf(parts));
      progress.advance(++done);
    } catch (error) {
      // What DuckDB says of a row quotes it.
      throw error instanceof Error && OF_A_ROW.test(error.message) ? miscounted(table) : error;
    }
  }
}

const OF_A_ROW = /^(?:Invalid Input|Conversion) Error/;

/** Notes are long: they are read where they lie whenever a query asks for them, and not kept twice. */
function kind(table: CdmTableName): 'VIEW' | 'TABLE' {
  return table === 'note' ? 'VIEW' : 'TABLE';
}

/** Counts the rows of a table, and lists those that cannot be stored. */
async function account(table: CdmTableName, sink: ImportSink, expected: number): Promise<void> {
  const { connection } = sink.staging;
  const reader = await connection.runAndReadAll(`SELECT count(*), count(*) FILTER (reason IS NULL) FROM cdm_${table}`);
  const [rows, decoded] = (reader.getRows()[0] ?? []).map(Number);
  if (rows !== expected || decoded === undefined) throw miscounted(table);
  count(sink, table, { lines: decoded, decoded });
  if (decoded === rows) return;
  const unsound = `SELECT src_file AS file, src_line AS line, reason, element FROM cdm_${table} WHERE reason IS NOT NULL ORDER BY version`;
  for await (const batch of rowsInBatches(connection, unsound)) {
    for (const row of batch as unknown as readonly Unsound[]) {
      sink.tally.quarantined(table, row.reason);
      sink.quarantine.add({ ...row, type: table, line: Number(row.line) });
    }
  }
}

interface Unsound {
  readonly file: string;
  readonly line: string;
  readonly reason: QuarantineReason;
  readonly element: string;
}

type Counted = { readonly lines: number; readonly decoded?: number; readonly unmapped?: number };

function count({ tally }: ImportSink, table: string, { lines, decoded = 0, unmapped = 0 }: Counted): void {
  tally.add({ types: { [table]: { lines, decoded, unmapped, quarantined: 0 } }, reasons: {} });
}

function sumOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { expected }) => sum + expected, 0);
}

/** The independent count of the rows does not agree with what was read. */
function miscounted(table: string): ChartproofError {
  return new ChartproofError('omop.miscounted', `Not all rows of ${table} could be read; nothing was imported.`, {
    tip: 'Export the table again, as UTF-8 with quotes around text.',
  });
}
