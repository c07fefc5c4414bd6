import type { Day, SnapshotId } from '../../base/index.ts';
import type { TableName } from '../tables.ts';
import type { Category, Context, Group, Threshold } from './check.ts';

/** A row at fault: where it stands in the records and where it came from. Never what it says. */
export interface ExampleRow {
  readonly table: TableName;
  readonly row_id: string;
  readonly src_file: string | null;
  readonly src_line: string | null;
}

/** A code system, a code with known ranges, a table or a year, within a check. */
export interface CheckPart {
  readonly part: string;
  readonly rows: number;
  readonly atFault: number;
}

/** `not-applicable`: there is nothing to judge. `off`: the site has switched it off, and says why. */
export type Outcome = 'pass' | 'fail' | 'not-applicable' | 'off';

/** What a check has found. */
export interface CheckResult {
  readonly id: string;
  readonly group: Group;
  readonly category: Category;
  readonly context: Context;
  readonly label: string;
  readonly table: TableName;
  /** Rows judged, and of them those at fault; of `volume-gap`, years. */
  readonly rows: number;
  readonly atFault: number;
  /** `atFault / rows`, null where nothing is judged. */
  readonly share: number | null;
  readonly threshold: Threshold;
  readonly outcome: Outcome;
  /** Why it is off. */
  readonly reason?: string;
  /** The parts that have rows at fault, by name. */
  readonly parts: readonly CheckPart[];
  /** At most ten, by row id. */
  readonly examples: readonly ExampleRow[];
}

/** How the checks of a category came out. */
export interface CategorySummary {
  readonly group: Group;
  readonly category: Category;
  readonly context: Context;
  readonly pass: number;
  readonly fail: number;
  readonly notApplicable: number;
  readonly off: number;
}

/** The quality of a snapshot, as of a day. The same snapshot, day and configuration give the same report. */
export interface QualityReport {
  readonly snapshot: SnapshotId;
  readonly asOf: Day;
  readonly checks: readonly CheckResult[];
  readonly summary: readonly CategorySummary[];
}
