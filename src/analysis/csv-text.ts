import { stringify } from 'csv-stringify/sync';

/** A text file of a release; `name` is its path in the folder, with `/`. */
export interface TextFile {
  readonly name: string;
  readonly text: string;
}

/** A table as CSV (RFC 4180, but lines end in a line feed); what is undefined or null is an empty cell. */
export function csvText(header: readonly string[], rows: readonly (readonly unknown[])[]): string {
  return stringify(
    [header, ...rows].map((row) => [...row]),
    { cast: { boolean: String } },
  );
}
