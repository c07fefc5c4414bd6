import type { Day } from '../base/index.ts';
import { internalTables } from './internal-tables.ts';
import { type Columns, tables } from './tables.ts';

/** Every table that an import fills: those of the record store, and those that only imports read. */
export const importTables = { ...tables, ...internalTables };
export type ImportTable = keyof typeof importTables;
export const importTableNames = Object.keys(importTables) as ImportTable[];

/** The names and types of a table's columns, in their order. */
export function columnsOf(table: ImportTable): Columns {
  return importTables[table];
}

const PROVENANCE = ['src_file', 'src_line', 'src_id', 'src_updated'] as const;
type Provenance = (typeof PROVENANCE)[number];

/** The columns of a table that a decoder fills: all but those that say where a row came from, which are the last. */
export function ownColumnsOf(table: ImportTable): Columns {
  const provenance: readonly string[] = PROVENANCE;
  return Object.fromEntries(Object.entries(columnsOf(table)).filter(([name]) => !provenance.includes(name)));
}

/** A query with these columns and no rows. */
export function noRows(columns: Columns): string {
  const nothing = Object.entries(columns).map(([name, type]) => `NULL::${type} AS ${name}`);
  return `SELECT ${nothing.join(', ')} LIMIT 0`;
}

/** A value on its way into a column. A `Day` for DATE; for BIGINT decimal text, of which none is lost. */
export type ColumnValue = number | string | null;

interface JavaScriptType {
  BIGINT: string;
  INTEGER: number;
  DOUBLE: number;
  DATE: Day;
  VARCHAR: string;
}

/** The columns that a decoder fills; the provenance is added where the line is known. */
export type RowOf<Table extends ImportTable> = {
  readonly [Column in Exclude<keyof (typeof importTables)[Table], Provenance>]:
    | ((typeof importTables)[Table][Column] extends infer Type extends keyof JavaScriptType
        ? JavaScriptType[Type]
        : never)
    | null;
};

/** A row and the table that it belongs to. */
export interface DecodedRow {
  readonly table: ImportTable;
  readonly values: Readonly<Record<string, ColumnValue>>;
}

/** A row, with its columns checked against its table. */
export function row<Table extends ImportTable>(table: Table, values: RowOf<Table>): DecodedRow {
  return { table, values: values as Readonly<Record<string, ColumnValue>> };
}
