/** A table of a Word document with three rules: above and below its header, and under its last row. */
import {
  AlignmentType,
  BorderStyle,
  type ITableCellOptions,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { TableLine } from './printed-table.ts';

const THICK = { style: BorderStyle.SINGLE, size: 12, color: '000000' };
const THIN = { style: BorderStyle.SINGLE, size: 6, color: '000000' };
const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const NO_RULES = { top: NONE, bottom: NONE, left: NONE, right: NONE };
const INDENT_TWIPS = 200;
const LEAST_LABEL_PERCENT = 40;
const LETTER_PERCENT = 1.3;
const GAP_PERCENT = 4.5;
/** The same in percent of a page across, which is wider. */
const ACROSS = 0.66;
const LETTER_PERCENT_ACROSS = LETTER_PERCENT * ACROSS;

/** The table; `columns` are the labels over the numbers. With `notesFollow` its last row stays on the page of what comes next. */
export function wordTable(
  columns: readonly string[],
  lines: readonly TableLine[],
  { notesFollow = false, across = false }: { readonly notesFollow?: boolean; readonly across?: boolean } = {},
): Table {
  const width = columnWidths(columns, lines, across);
  const isRight = (column: number): boolean => column > 0 && !isOfWords(lines, column - 1);
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    borders: { ...NO_RULES, insideHorizontal: NONE, insideVertical: NONE },
    rows: [
      headerRow(columns, width, isRight),
      ...lines.map((line, at) => {
        const isLast = at === lines.length - 1;
        return lineRow(line, columns.length + 1, { width, isRight, isLast, keepNext: isLast && notesFollow });
      }),
    ],
  });
}

/**
 * Percent of the page by column. No column is narrower than its longest word, as long as the words of all fit; the rest goes to
 * those whose texts would break, and what nobody needs to the labels.
 */
export function columnWidths(
  columns: readonly string[],
  lines: readonly TableLine[],
  across = false,
): (column: number) => number {
  const letter = across ? LETTER_PERCENT_ACROSS : LETTER_PERCENT;
  const texts = ['', ...columns].map((label, at) => [
    label,
    ...lines.flatMap((line) => ('cells' in line ? [at === 0 ? line.label : (line.cells[at - 1] ?? '')] : [])),
  ]);
  const percentFor = (letters: number): number => GAP_PERCENT * (across ? ACROSS : 1) + letter * letters;
  const longest = (all: readonly string[]): number => Math.max(...all.map(({ length }) => length));
  const least = texts.map((all) => percentFor(longest(all.flatMap((text) => text.split(/\s+/)))));
  const wanted = texts.map((all, at) => Math.max(least[at] ?? 0, percentFor(longest(all))));
  const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0);
  const numbers = sum(wanted.slice(1));
  if (numbers <= 100 - Math.min(LEAST_LABEL_PERCENT, wanted[0] ?? 0)) {
    return (column) => (column === 0 ? 100 - numbers : (wanted[column] ?? 0));
  }
  const [taken, missing] = [sum(least), sum(wanted) - sum(least)];
  if (taken >= 100 || missing === 0) return (column) => ((least[column] ?? 0) / taken) * 100;
  return (column) => {
    const own = least[column] ?? 0;
    return own + (((wanted[column] ?? 0) - own) / missing) * (100 - taken);
  };
}

/** Whether most of what stands in a column of numbers has no digit: words are set to the left. */
function isOfWords(lines: readonly TableLine[], at: number): boolean {
  const texts = lines
    .flatMap((line) => ('cells' in line ? [line.cells[at] ?? ''] : []))
    .filter((one) => /\w/.test(one));
  return texts.filter((one) => !/\d/.test(one)).length > texts.length / 2;
}

/** Rules are those of cells: in Word a cell's own border goes over the table's. */
function headerRow(
  columns: readonly string[],
  width: (column: number) => number,
  isRight: (column: number) => boolean,
): TableRow {
  const borders = { ...NO_RULES, top: THICK, bottom: THIN };
  return new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: ['', ...columns].map((text, at) =>
      cell(
        [new TextRun({ text, bold: true })],
        { right: isRight(at), keepNext: true },
        { borders, width: percent(width(at)) },
      ),
    ),
  });
}

interface RowPlace {
  readonly width: (column: number) => number;
  readonly isRight: (column: number) => boolean;
  readonly isLast: boolean;
  readonly keepNext: boolean;
}

function lineRow(line: TableLine, columns: number, { width, isRight, isLast, keepNext }: RowPlace): TableRow {
  const borders = isLast ? { ...NO_RULES, bottom: THICK } : NO_RULES;
  const letters = line.letters.length > 0 ? [new TextRun({ text: line.letters.join(','), superScript: true })] : [];
  if ('heading' in line) {
    const children = [new TextRun({ text: line.heading, bold: true }), ...letters];
    return new TableRow({
      cantSplit: true,
      children: [cell(children, { keepNext: true, before: 60 }, { borders, columnSpan: columns })],
    });
  }
  const label = cell(
    [new TextRun(line.label), ...letters],
    { indent: line.depth * INDENT_TWIPS, keepNext },
    { borders, width: percent(width(0)) },
  );
  const numbers = line.cells.map((text, at) =>
    cell([new TextRun(text)], { right: isRight(at + 1), keepNext }, { borders, width: percent(width(at + 1)) }),
  );
  return new TableRow({ cantSplit: true, children: [label, ...numbers] });
}

function percent(size: number) {
  return { size, type: WidthType.PERCENTAGE };
}

interface TextLayout {
  readonly right?: boolean;
  readonly indent?: number;
  readonly before?: number;
  readonly keepNext?: boolean;
}

function cell(children: TextRun[], layout: TextLayout, options: Omit<ITableCellOptions, 'children'>): TableCell {
  const text = new Paragraph({
    children,
    keepNext: layout.keepNext ?? false,
    alignment: layout.right ? AlignmentType.RIGHT : AlignmentType.LEFT,
    indent: { left: layout.indent ?? 0 },
    spacing: { before: layout.before ?? 20 },
  });
  return new TableCell({ ...options, children: [text] });
}
