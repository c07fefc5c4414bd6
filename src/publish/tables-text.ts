/** The results as text for a terminal: columns aligned, footnotes below. */
import type { ResultTable } from '../analysis/index.ts';
import type { AttritionStep } from '../cohort/index.ts';
import { captionOf, type PrintedTable, printedTable } from './printed-table.ts';
import type { SearchReport } from './search-report.ts';
import { sampleLines, yieldTable } from './yield-table.ts';

/** The account, one line a step; with events, their numbers beside those of the persons. */
export function attritionText(steps: readonly AttritionStep[]): string {
  const ofEvents = steps.some(({ events }) => events);
  const rows = steps.map(({ label, kind, n, removed, allFailing, events }) => {
    const left = (count: number): string => (kind === 'exclusion' || count > 0 ? `\u2212${count}` : '');
    const beside = events ? [left(events.removed), String(events.n)] : ['', ''];
    return [label, left(removed), String(allFailing ?? ''), String(n), ...(ofEvents ? beside : [])];
  });
  return aligned([['', 'left', 'holds for', 'remain', ...(ofEvents ? ['events left', 'remain'] : [])], ...rows]);
}

/** A table of the results; `at` is its place among them, from 0. */
export function tableText(table: ResultTable, at: number): string {
  return printedText(printedTable(table, at));
}

/** One table with its caption, groups, rows and footnotes. */
export function printedText(table: PrintedTable): string {
  const lines = table.lines.map((line) =>
    'heading' in line
      ? [`${line.heading}${mark(line.letters)}`]
      : [`${'  '.repeat(line.depth)}${line.label}${mark(line.letters)}`, ...line.cells],
  );
  const notes = table.notes.map(({ letter, text }) => (letter === '' ? text : `[${letter}] ${text}`));
  return [captionOf(table), aligned([['', ...table.columns], ...lines]), ...notes].join('\n');
}

function mark(letters: readonly string[]): string {
  return letters.length > 0 ? ` [${letters.join(',')}]` : '';
}

/** The yield of the search, and what the sample of those whom no arm found says. */
export function searchText(report: SearchReport): string {
  const { columns, rows, notes } = yieldTable(report);
  const lines = rows.map(({ label, depth, cells }) => [`${'  '.repeat(depth)}${label}`, ...cells]);
  return [aligned([['', ...columns], ...lines]), ...notes, ...(report.sample ? sampleLines(report.sample) : [])].join(
    '\n',
  );
}

/** The first column to the left, the others to the right; the first line is the header. */
export function aligned(lines: readonly (readonly string[])[]): string {
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
