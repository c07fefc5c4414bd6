/** Reads the rows of tables into the staging database; what cannot be read goes to the quarantine. */
import { type Progress, rowId } from '../../base/index.ts';
import type { ImportReport } from '../import-report.ts';
import type { ImportSink } from '../import-run.ts';
import { bytesOf, type HashedFile } from '../input-files.ts';
import { Refusal } from '../quarantine-reasons.ts';
import type { RowFile } from '../row-file.ts';
import { type ImportTable, ownColumnsOf } from '../rows.ts';
import { rowDecoder, type TableRow } from './decode-row.ts';
import { tableRowColumns } from './link-sql.ts';
import type { TableMapping, Target } from './mapping-schema.ts';
import type { TableRecord } from './table-record.ts';
import { tableRecords } from './table-records.ts';

/** A row that was read, for people who try out a mapping. */
export interface Sample {
  readonly version: number;
  readonly file: string;
  readonly line: number;
  readonly row: TableRow;
}

export interface StagedRows {
  readonly files: ImportReport['files'];
  /** The first rows. */
  readonly samples: readonly Sample[];
}

/** So many rows show whether a mapping is right. */
const SAMPLES = 10;

const WITHOUT_CODES: ReadonlySet<Target> = new Set(['note', 'visit_occurrence', 'research_authorization']);

/** The tables that rows fill. */
export function tablesOf(target: Target): readonly ImportTable[] {
  if (target === 'person') return ['person', 'person_identity'];
  return WITHOUT_CODES.has(target) ? [target] : [target, 'coding'];
}

/** Fills `table_row`, and `row_TABLE` for each table of the target. */
export async function stageRows(
  inputs: readonly HashedFile[],
  mapping: TableMapping,
  sink: ImportSink,
  progress: Progress,
): Promise<StagedRows> {
  progress.step('Reading rows', bytesOf(inputs));
  const rows = new RowStage(mapping, sink);
  const files: { name: string; sha256: string; bytes: number; lines: number }[] = [];
  let before = 0;
  for (const { path, name, bytes, sha256 } of inputs) {
    let decode: ReturnType<typeof rowDecoder> | undefined;
    let lines = 0;
    for await (const record of tableRecords(path, mapping)) {
      if (!decode) {
        decode = rowDecoder(mapping, record.cells ?? []);
        continue;
      }
      lines += 1;
      rows.add(record, name, decode);
      if (lines % ROWS_A_TELL === 0) progress.advance(before + record.bytesRead);
    }
    before += bytes;
    progress.advance(before);
    files.push({ name, sha256, bytes, lines });
  }
  await rows.load();
  return { files, samples: rows.samples };
}

const ROWS_A_TELL = 1000;

/** The rows on their way into the staging database. */
class RowStage {
  readonly samples: Sample[] = [];
  readonly #type: string;
  readonly #sink: ImportSink;
  readonly #lines: RowFile;
  readonly #rows: ReadonlyMap<ImportTable, RowFile>;
  /** Counts the rows of all files. */
  #version = 0;

  constructor({ source, becomes }: TableMapping, sink: ImportSink) {
    this.#type = source;
    this.#sink = sink;
    this.#lines = sink.staging.scratch('table_row', tableRowColumns);
    this.#rows = new Map(
      tablesOf(becomes).map((table) => [table, sink.staging.scratch(`row_${table}`, ownColumnsOf(table))]),
    );
  }

  add(record: TableRecord, file: string, decode: (record: TableRecord) => TableRow): void {
    const { tally, quarantine } = this.#sink;
    const { line } = record;
    const version = ++this.#version;
    try {
      const row = decode(record);
      const { name, content, keys, sourcePatient } = row;
      const origin = { src_file: file, src_line: line, src_id: name };
      this.#lines.append(version, {
        resource_id: rowId(name),
        content,
        ...keys,
        source_patient: sourcePatient,
        ...origin,
      });
      for (const { table, values } of row.rows) this.#rows.get(table)?.append(version, values);
      tally.decoded(this.#type);
      if (this.samples.length < SAMPLES) this.samples.push({ version, file, line, row });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      tally.quarantined(this.#type, error.reason);
      quarantine.add({ file, line, type: this.#type, reason: error.reason, element: error.element });
    }
  }

  async load(): Promise<void> {
    const { staging } = this.#sink;
    await staging.load('table_row', this.#lines, tableRowColumns);
    for (const [table, file] of this.#rows) await staging.load(`row_${table}`, file, ownColumnsOf(table));
  }
}
