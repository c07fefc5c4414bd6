/** How rows of a CDM table become rows of the records, as SQL for each column. */
import type { ImportTable, importTables } from '../rows.ts';

type Provenance = 'src_file' | 'src_line' | 'src_id' | 'src_updated';

/** An SQL expression for each column of a table but those that say where the row came from. */
export type RowSql<Table extends ImportTable> = {
  readonly [Column in Exclude<keyof (typeof importTables)[Table], Provenance>]: string;
};

/** The expressions see the columns of the CDM table, and of each concept column `x_concept_id` the meaning as `x_concept`. */
export interface CdmMapping {
  readonly rows: Readonly<Partial<Record<ImportTable, Readonly<Record<string, string>>>>>;
  /** Concept columns whose meaning the rows use. */
  readonly concepts: readonly string[];
  /** Those whose codes stand in `coding`, the standard concept before the source's. */
  readonly codes?: readonly string[];
  /** Further joins of small tables. */
  readonly joins?: string;
  /** Rows that are known and become nothing. */
  readonly where?: string;
}

/** Checks the columns of a row against its table. */
export function rowSql<Table extends ImportTable>(table: Table, columns: RowSql<Table>): CdmMapping['rows'] {
  return { [table]: columns };
}

/** A date and what the source says: OMOP's dates are whole days. */
export function day<Column extends string>(column: Column): { readonly [Name in Column | `${Column}_source`]: string } {
  return { [column]: `own.${column}`, [`${column}_source`]: `strftime(own.${column}, '%Y-%m-%d')` } as {
    readonly [Name in Column | `${Column}_source`]: string;
  };
}

/** An id of another row; 0 stands for none. */
export function reference<Column extends string>(column: Column): { readonly [Name in Column]: string } {
  return { [column]: `nullif(own.${column}, 0)` } as { readonly [Name in Column]: string };
}

/** The text that is shown: the name of the standard concept, else of the source's, else what the source wrote. */
export function shown(domain: string): string {
  return `coalesce(${domain}_concept.name, ${domain}_source_concept.name, own.${domain}_source_value)`;
}

/** A number as text, a whole one without a point. */
export function numberText(column: string): string {
  return `regexp_replace(own.${column}::VARCHAR, '[.]0$', '')`;
}
