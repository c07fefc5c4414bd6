/**
 * A table as every format prints it: the same labels, numbers, letters and notes, whether it becomes HTML, Word, LaTeX or
 * Markdown. What differs between formats is only how they draw it. Rules R1 to R3 of SPEC.md.
 */
import type { ResultTable } from '../analysis/index.ts';
import { depthOf, lettersOf, opensGroup, rowLabel, tableCaption } from './captions.ts';

/** More columns than these, or longer ones, need the page turned. */
const COLUMNS_UPRIGHT = 8;
const LETTERS_UPRIGHT = 62;

/** A row of numbers, `depth` steps in; or the heading of a group, across all columns. */
export type TableLine =
  | {
      readonly label: string;
      readonly letters: readonly string[];
      readonly depth: number;
      readonly cells: readonly string[];
      /** Of what R computed: the value of `statistic` that each cell prints, as a text names it. */
      readonly values?: readonly string[];
    }
  | { readonly heading: string; readonly letters: readonly string[] };

/** A note below a table; `letter` is empty where it speaks of the whole table. */
export interface TableNote {
  readonly letter: string;
  readonly text: string;
}

/** `number` counts from 1; `title` is without it. */
export interface PrintedTable {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly columns: readonly string[];
  readonly lines: readonly TableLine[];
  readonly notes: readonly TableNote[];
  /** The numbers that the lines print, unrounded, a row a line; absent where the cells of the results have them. */
  readonly raw?: {
    readonly columns: readonly string[];
    readonly rows: readonly (readonly (string | number | null | undefined)[])[];
  };
}

/** A table before it is known which one it is. */
export type UnnumberedTable = Omit<PrintedTable, 'number'>;

/** `Table 2. Sites` */
export function captionOf({ number, title }: Pick<PrintedTable, 'number' | 'title'>): string {
  return `Table ${number}. ${title}`;
}

/** One table of the protocol; `at` is its place among the tables, from 0. */
export function printedTable(table: ResultTable, at: number): PrintedTable {
  const lines = table.rows.flatMap((row, place): TableLine[] => [
    ...(opensGroup(table, place) ? [{ heading: row.group, letters: row.groupNotes }] : []),
    {
      label: rowLabel(row),
      letters: lettersOf(table, place),
      depth: depthOf(row),
      cells: row.cells.map((cell) => cell.text),
    },
  ]);
  return {
    id: table.id,
    number: at + 1,
    title: titleOf(table, at),
    columns: table.columns.map(({ label }) => label),
    lines,
    notes: table.footnotes,
  };
}

/** Whether the columns of numbers leave the labels too little of an upright page. */
export function isWide({ columns, lines }: PrintedTable): boolean {
  const longest = columns.map((label, at) => {
    const words = label.split(/\s+/).map(({ length }) => length);
    const cells = lines.map((line) => ('cells' in line ? (line.cells[at]?.length ?? 0) : 0));
    return Math.max(...words, ...cells) + 3;
  });
  return columns.length > COLUMNS_UPRIGHT || longest.reduce((sum, one) => sum + one, 0) > LETTERS_UPRIGHT;
}

/** The caption without the number that it begins with. */
function titleOf(table: ResultTable, at: number): string {
  return tableCaption(table, at).slice(`Table ${at + 1}. `.length);
}
