/** What commands print on standard output: JSON for programs, aligned text for people. */

/** Prints one JSON value, or the text that a person reads. */
export function print(json: boolean, value: unknown, text: () => string): void {
  const out = json ? JSON.stringify(value, null, 2) : text();
  process.stdout.write(out.endsWith('\n') ? out : `${out}\n`);
}

/** Rows with their columns aligned: numbers (and what looks like one) to the right, words to the left. */
export function columns(rows: readonly (readonly string[])[], header?: readonly string[]): string {
  const all = header ? [header, ...rows] : rows;
  const widths = (all[0] ?? []).map((_, at) => Math.max(...all.map((row) => width(row[at] ?? ''))));
  const right = widths.map((_, at) => rows.length > 0 && rows.every((row) => NUMBER.test(row[at] ?? '')));
  const line = (row: readonly string[]): string =>
    row
      .map((text, at) => pad(text, widths[at] ?? 0, right[at] ?? false))
      .join('  ')
      .trimEnd();
  const rule = header ? [widths.map((wide) => '─'.repeat(wide)).join('  ')] : [];
  return [...(header ? [line(header)] : []), ...rule, ...rows.map(line)].join('\n');
}

const NUMBER = /^[\d.,–%() -]*$/;

function pad(text: string, wide: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, wide - width(text)));
  return right ? space + text : text + space;
}

function width(text: string): number {
  return [...text].length;
}
