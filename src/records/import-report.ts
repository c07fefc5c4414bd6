import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SnapshotId } from '../base/index.ts';
import type { Workspace } from '../workspace/index.ts';
import type { QuarantineReason } from './quarantine-reasons.ts';

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

/** How the rows of a table found their persons. `byRule` counts by the fields of the rule: `record_number`. */
export interface LinkageReport {
  readonly byRule: Readonly<Record<string, number>>;
  readonly ambiguous: number;
  readonly contradiction: number;
  readonly unlinked: number;
  /** The list of the rows that were not linked, relative to `records/`; absent where all were. */
  readonly file?: string;
}

/** The account of one import. `tables` counts the rows of each table in the snapshot after it. */
export interface ImportReport extends Account {
  readonly id: string;
  readonly kind: 'fhir' | 'omop' | 'table';
  /** When it was done, as the caller said. */
  readonly at: string;
  readonly snapshot: SnapshotId;
  /** Whether the import made a new snapshot; `false` when all of it was there already. */
  readonly changed: boolean;
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
  }[];
  /** Files that stood in the folder and were not read. */
  readonly ignored: readonly string[];
  readonly linkage?: LinkageReport;
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
