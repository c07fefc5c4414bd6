/** A text file of a release; `name` is its path in the folder, with `/`. */
export interface TextFile {
  readonly name: string;
  readonly text: string;
}

/**
 * A table as CSV (RFC 4180, but lines end in a line feed); what is undefined or null is an empty cell. By hand, since R waits
 * for hundreds of thousands of cells (`docs/decisions/libraries.md`).
 */
export function csvText(header: readonly string[], rows: readonly (readonly unknown[])[]): string {
  let text = '';
  for (const row of [header, ...rows]) {
    for (const [at, value] of row.entries()) text += at === 0 ? cellText(value) : `,${cellText(value)}`;
    text += '\n';
  }
  return text;
}

const QUOTED = /[",\r\n]/;

function cellText(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = String(value);
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
