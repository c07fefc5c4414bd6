/**
 * What a check of the records' quality is. A check judges rows: each row that it applies to is at fault or is not. The
 * groups and categories are those of Kahn et al. 2016 (eGEMs 4(1):1244, doi 10.13063/2327-9214.1244); contexts, names
 * and most thresholds follow OHDSI's Data Quality Dashboard, so that a reader of one report can read the other.
 */
import type { Day } from '../../base/index.ts';
import type { TableName } from '../tables.ts';
import type { Limits } from './limits.ts';

/** Kahn's groups and their categories; completeness has none below it. */
export const categoriesOf = {
  conformance: ['value', 'relational', 'computational'],
  completeness: ['completeness'],
  plausibility: ['uniqueness', 'atemporal', 'temporal'],
} as const;

export type Group = keyof typeof categoriesOf;
export type Category = (typeof categoriesOf)[Group][number];
/** Against what the rows are held: what the records themselves say, or a source outside of them. */
export type Context = 'verification' | 'validation';

/** How many rows, or which share of those judged, may be at fault before a check fails. */
export type Threshold = { readonly rows: number } | { readonly share: number };

/** What the checks of one kind have in common; `kind` is the first part of their ids. */
export interface CheckKind {
  readonly kind: string;
  readonly group: Group;
  readonly category: Category;
  readonly context: Context;
  readonly threshold: Threshold;
}

/** A check of one table. */
export interface QualityCheck extends CheckKind {
  /** `KIND/TABLE`, such as `before-birth/note`. */
  readonly id: string;
  readonly table: TableName;
  /** What is at fault, in plain words: the rows that are counted. */
  readonly label: string;
  /**
   * SQL with a row for each row judged: `row_id`, `src_file`, `src_line`, `fault`, and `part`: a code or year that the
   * threshold is also held against by itself, else null.
   */
  readonly verdicts: string;
}

/** What the checks of a report are asked with. */
export interface Asked {
  /** The day that the report is of; what is later lies in the future. */
  readonly asOf: Day;
  readonly limits: Limits;
}

/** A check of a kind. */
export function checkOf(kind: CheckKind, table: TableName, label: string, verdicts: string): QualityCheck {
  return { ...kind, id: `${kind.kind}/${table}`, table, label, verdicts };
}

/** What rows of a table are judged by. */
interface Judgement {
  /** SQL on `own`, the row; unknown (null) is no fault. */
  readonly fault: string;
  readonly joins?: string;
  /** Which rows are judged; all where it is left out. */
  readonly where?: string;
  readonly part?: string;
}

/** The verdicts on the rows of a table or a query, which has the id of a row in the column `id`. */
export function judge(rows: string, id: string, { fault, joins = '', where = 'true', part }: Judgement): string {
  return `
    SELECT own.${id} AS row_id, own.src_file, own.src_line, (${fault}) AS fault, ${part ?? 'NULL'}::VARCHAR AS part
    FROM ${rows} own ${joins}
    WHERE ${where}`;
}
