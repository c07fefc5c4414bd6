/** The results as text for a terminal: columns aligned, footnotes below. */
import type { ProportionResult, ResultTable } from '../analysis/index.ts';
import type { AttritionStep } from '../cohort/index.ts';

/** The account, one line a step. */
export function attritionText(steps: readonly AttritionStep[]): string {
  const rows = steps.map((step) => [
    step.label,
    step.kind === 'exclusion' ? `\u2212${step.removed}` : '',
    String(step.n),
  ]);
  return aligned([['', 'left', 'remain'], ...rows]);
}

/** One table with its title, groups, rows and footnotes. */
export function tableText(table: ResultTable): string {
  const lines: string[][] = [['', ...table.columns.map((column) => column.label)]];
  let group = '';
  for (const row of table.rows) {
    const alone = table.rows.filter((other) => other.group === row.group).length === 1 && row.group === row.label;
    if (row.group !== group && row.level === 0 && !alone) lines.push([row.group]);
    if (row.level === 0) group = row.group;
    const mark = row.notes.length > 0 ? ` [${row.notes.join(',')}]` : '';
    const indent = alone ? '' : row.level === 0 ? '  ' : '    ';
    lines.push([`${indent}${row.label}${mark}`, ...row.cells.map((cell) => cell.text)]);
  }
  const notes = table.footnotes.map(({ letter, text }) => (letter === '' ? text : `[${letter}] ${text}`));
  return [table.title, aligned(lines), ...notes].join('\n');
}

/** Proportions with their intervals, in percent. */
export function proportionsText(proportions: readonly ProportionResult[]): string {
  const percent = (share: number | null): string => (share === null ? '' : (share * 100).toFixed(1));
  const rows = proportions.map((one) => [
    one.label,
    `${one.x}/${one.n}`,
    percent(one.estimate),
    one.low === null ? '' : `${percent(one.low)}\u2013${percent(one.high)}`,
  ]);
  return aligned([['', 'n/N', '%', 'interval'], ...rows]);
}

/** The first column to the left, the others to the right; the first line is the header. */
function aligned(lines: readonly (readonly string[])[]): string {
  const count = Math.max(...lines.map((line) => line.length));
  const widths = Array.from({ length: count }, (_, at) =>
    Math.max(...lines.filter((line) => at > 0 || line.length > 1).map((line) => [...(line[at] ?? '')].length)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd();
  const [header = [], ...rest] = lines;
  const rule = '\u2500'.repeat(widths.reduce((sum, width) => sum + width + 2, -2));
  return [line(header), rule, ...rest.map(line)].join('\n');
}
