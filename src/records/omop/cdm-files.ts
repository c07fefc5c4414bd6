import { basename, dirname } from 'node:path';
import type { HashedFile, InputKind } from '../input-files.ts';
import { isMapped, otherTables } from './cdm-tables.ts';

/** A file of rows of one table of the CDM. */
export interface CdmFile extends HashedFile {
  readonly table: string;
}

/** What was found in a file. */
export interface CdmRead {
  /** Rows, the unsound ones included. */
  readonly rows: number;
  /** Rows that `cells` gives. */
  readonly sound: number;
  /** Query for the cells as text, for `typedRows`; absent where the table is not used. */
  readonly cells?: string;
}

/** An OMOP CDM as files. */
export const cdmFiles: InputKind = {
  pattern: /\.(?:(?:csv|tsv|txt)(?:\.gz)?|parquet)$/i,
  wrong: 'This is no file of an OMOP CDM: its name ends in none of .csv, .tsv, .txt (also with .gz), .parquet.',
  tipFor: (path) =>
    /\.(?:ndjson|json)(?:\.gz)?$/i.test(path)
      ? 'FHIR is imported with: chartproof import fhir PATH'
      : 'An OMOP CDM is a folder with a file for each table, such as person.csv or person.parquet.',
  none: 'No file here ends in .csv or .parquet.',
  noneTip: 'Name the folder of the OMOP export, with files such as person.csv.',
};

/**
 * The table that a file belongs to, by its name in small letters: `PERSON.csv.gz`, `person/part-0001.parquet`,
 * `measurement_2.csv`. What has another name is a table of that name, which is counted and not stored.
 */
export function tableOf({ path }: { readonly path: string }): string {
  const stem = basename(path)
    .toLowerCase()
    .replace(/\.gz$/, '')
    .replace(/(?:\.(?:snappy|zstd|gzip))?\.[a-z]+$/, '');
  const folder = basename(dirname(path)).toLowerCase();
  const whole = stem.replace(/[-_.](?:part[-_]?)?\d+$/, '');
  return [stem, folder, whole].find(isTable) ?? stem;
}

/** Whether the file is Parquet; else it is text. */
export function isParquet({ path }: { readonly path: string }): boolean {
  return /\.parquet$/i.test(path);
}

function isTable(name: string): boolean {
  return isMapped(name) || otherTables.has(name);
}
