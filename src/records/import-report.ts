import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SnapshotId } from '../base/index.ts';
import type { Workspace } from '../workspace/index.ts';
import type { QuarantineReason } from './quarantine-reasons.ts';
import type { ColumnValue } from './rows.ts';

/**
 * What became of lines: `lines = stored + superseded + unmapped + quarantined`, always.
 * - `stored`: the line is the version that stands.
 * - `superseded`: another version of the resource stands: a newer one, or the same one imported before.
 * - `unmapped`: a resource of FHIR, or a row of a table of OMOP, that the record store has no table for.
 * - `quarantined`: could not be read; the quarantine file says where and why.
 */
export interface Account {
  readonly lines: number;
  readonly stored: number;
  readonly superseded: number;
  readonly unmapped: number;
  readonly quarantined: number;
}

/**
 * How the rows of a table found their persons (RECORD 12.3). `byRule` counts by the fields of the rule: `record_number`;
 * what stewards confirmed stands first, as `confirmed`.
 */
export interface LinkageReport {
  readonly byRule: Readonly<Record<string, number>>;
  readonly ambiguous: number;
  readonly contradiction: number;
  /** The one person whom a rule finds was rejected for the row by a steward. */
  readonly rejected: number;
  /** No rule finds anybody. */
  readonly unlinked: number;
  /** Of all the rows that are not linked, those for which a score proposes somebody. */
  readonly proposed: number;
  /** The list of the rows that were not linked, relative to `records/`; absent where all were. */
  readonly file?: string | undefined;
  /** The same rows with who they may be, relative to `records/`. */
  readonly proposals?: string | undefined;
}

/** A row as it would be stored. */
export interface PreviewRow {
  readonly file: string;
  readonly line: number;
  /** The source id of the person, such as `Patient/1`; `null` where the row is not linked. */
  readonly person: string | null;
  /** The rule that found the person, or why there is none. Absent where the row is a person itself. */
  readonly linkage?: string;
  /** The columns of the table that have a value, without ids; `codes` are written `ICD10CM L94.2`. */
  readonly values: Readonly<Record<string, ColumnValue>>;
}

/** The account of one import. `tables` counts the rows of each table in the snapshot after it. */
export interface ImportReport extends Account {
  readonly id: string;
  readonly kind: 'fhir' | 'omop' | 'table' | 'vocabulary';
  /** When it was done, as the caller said. */
  readonly at: string;
  readonly snapshot: SnapshotId;
  /** Whether the import made a new snapshot; `false` when all of it was there already. */
  readonly changed: boolean;
  /** Nothing was kept: `stored` counts what would be, `snapshot` is what would be made, `tables` are those that there are. */
  readonly dryRun?: boolean;
  readonly tables: Readonly<Record<string, number>>;
  readonly byType: Readonly<Record<string, Account>>;
  readonly reasons: Readonly<Partial<Record<QuarantineReason, number>>>;
  /** The list of the quarantined lines, relative to `records/`; absent where there are none. */
  readonly quarantineFile?: string;
  readonly files: readonly {
    readonly name: string;
    readonly sha256: string;
    readonly bytes: number;
    readonly lines: number;
    /** Whether documents had to be read for it, which may say something else next time. */
    readonly hasDocuments?: boolean;
  }[];
  /** Files that stood in the folder and were not read. */
  readonly ignored: readonly string[];
  readonly linkage?: LinkageReport;
  /** Of a dry run of tables: the first rows as the mapping reads them. Shown, never kept. */
  readonly preview?: readonly PreviewRow[];
}

/** The reports of all imports, in the order of their times. */
export function importReports(workspace: Workspace): ImportReport[] {
  const folder = join(workspace.paths.records, 'imports');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as ImportReport)
    .sort((a, b) => compare(a.at, b.at) || compare(a.id, b.id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
