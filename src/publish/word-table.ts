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

/** The table; `columns` are the labels over the numbers. With `notesFollow` its last row stays on the page of what comes next. */
export function wordTable(
  columns: readonly string[],
  lines: readonly TableLine[],
  { notesFollow = false }: { readonly notesFollow?: boolean } = {},
): Table {
  const width = widths(columns, lines);
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    borders: { ...NO_RULES, insideHorizontal: NONE, insideVertical: NONE },
    rows: [
      headerRow(columns, width),
      ...lines.map((line, at) => {
        const isLast = at === lines.length - 1;
        return lineRow(line, columns.length + 1, width, { isLast, keepNext: isLast && notesFollow });
      }),
    ],
  });
}

/** Percent of the page by column: the numbers take what their longest text needs, the labels the rest. */
function widths(columns: readonly string[], lines: readonly TableLine[]): (column: number) => number {
  const needed = columns.map((label, at) => {
    const texts = lines.map((line) => ('cells' in line ? (line.cells[at] ?? '') : ''));
    return GAP_PERCENT + LETTER_PERCENT * Math.max(...[label, ...texts].map((text) => text.length));
  });
  const sum = needed.reduce((total, one) => total + one, 0);
  const label = Math.max(LEAST_LABEL_PERCENT, 100 - sum);
  return (column) => (column === 0 ? label : ((needed[column - 1] ?? 0) / sum) * (100 - label));
}

/** Rules are those of cells: in Word a cell's own border goes over the table's. */
function headerRow(columns: readonly string[], width: (column: number) => number): TableRow {
  const borders = { ...NO_RULES, top: THICK, bottom: THIN };
  return new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: ['', ...columns].map((text, at) =>
      cell(
        [new TextRun({ text, bold: true })],
        { right: at > 0, keepNext: true },
        { borders, width: percent(width(at)) },
      ),
    ),
  });
}

interface RowPlace {
  readonly isLast: boolean;
  readonly keepNext: boolean;
}

function lineRow(
  line: TableLine,
  columns: number,
  width: (column: number) => number,
  { isLast, keepNext }: RowPlace,
): TableRow {
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
    cell([new TextRun(text)], { right: true, keepNext }, { borders, width: percent(width(at + 1)) }),
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
