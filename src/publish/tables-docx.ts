/**
 * The tables as a Word document in the style of medical journals: three rules, no vertical lines, header rows that
 * repeat on each page, footnote letters in superscript and the notes under the table.
 */
import {
  AlignmentType,
  BorderStyle,
  Document,
  HeadingLevel,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { TableRow as ResultRow, Results, ResultTable } from '../analysis/index.ts';

const FONT = 'Times New Roman';
const HALF_POINTS = 20;
const THICK = { style: BorderStyle.SINGLE, size: 12, color: '000000' };
const THIN = { style: BorderStyle.SINGLE, size: 6, color: '000000' };
const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const LABEL_SHARE = 40;
const INDENT_TWIPS = 200;

/** The document as bytes of a `.docx` file. */
export async function tablesDocument(title: string, results: Results): Promise<Uint8Array> {
  const document = new Document({
    title,
    creator: 'Chartproof',
    styles: { default: { document: { run: { font: FONT, size: HALF_POINTS } } } },
    sections: [
      {
        children: [
          new Paragraph({ text: title, heading: HeadingLevel.HEADING_1 }),
          ...results.tables.flatMap((table, at) => tableParts(table, at > 0)),
        ],
      },
    ],
  });
  return withoutTime(new Uint8Array(await Packer.toBuffer(document)));
}

const NEVER = '1980-01-01T00:00:00Z';

/** The same document with every time of writing set to the first that a ZIP can hold: equal tables, equal bytes. */
function withoutTime(document: Uint8Array): Uint8Array {
  const parts = unzipSync(document);
  const sorted = Object.entries(parts).sort(([a], [b]) => (a < b ? -1 : 1));
  const timeless = sorted.map(([name, bytes]) => [name, name === 'docProps/core.xml' ? blankTimes(bytes) : bytes]);
  return zipSync(Object.fromEntries(timeless), { mtime: '1980-01-01T00:00:00' });
}

function blankTimes(core: Uint8Array): Uint8Array {
  return strToU8(strFromU8(core).replaceAll(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${NEVER}`));
}

function tableParts(table: ResultTable, newPage: boolean): (Paragraph | Table)[] {
  const rows = [headerRow(table), ...bodyRows(table)];
  return [
    new Paragraph({ pageBreakBefore: newPage, keepNext: true, children: [run(table.title, { bold: true })] }),
    new Table({
      width: { size: 100, type: WidthType.PERCENTAGE },
      borders: { top: THICK, bottom: THICK, left: NONE, right: NONE, insideHorizontal: NONE, insideVertical: NONE },
      rows,
    }),
    ...table.footnotes.map(
      (note) => new Paragraph({ children: [run(note.letter, { superScript: true }), run(note.text)] }),
    ),
  ];
}

function headerRow(table: ResultTable): TableRow {
  const labels = ['', ...table.columns.map((column) => column.label)];
  return new TableRow({
    tableHeader: true,
    children: labels.map((label, at) =>
      cell([run(label, { bold: true })], { share: shareOf(table, at), right: at > 0, rule: true }),
    ),
  });
}

function bodyRows(table: ResultTable): TableRow[] {
  let group = '';
  return table.rows.flatMap((row) => {
    const lines: TableRow[] = [];
    if (row.level === 0 && row.group !== group && row.group !== row.label && row.group !== '') {
      lines.push(groupRow(table, row.group));
    }
    if (row.level === 0) group = row.group;
    return [...lines, bodyRow(table, row, row.level === 0 && row.group === row.label ? 0 : row.level + 1)];
  });
}

function groupRow(table: ResultTable, label: string): TableRow {
  return new TableRow({
    cantSplit: true,
    children: [cell([run(label, { bold: true })], { span: table.columns.length + 1, keepNext: true })],
  });
}

function bodyRow(table: ResultTable, row: ResultRow, depth: number): TableRow {
  const letters = row.notes.length > 0 ? [run(row.notes.join(','), { superScript: true })] : [];
  return new TableRow({
    cantSplit: true,
    children: [
      cell([run(row.label), ...letters], { share: shareOf(table, 0), indent: depth * INDENT_TWIPS }),
      ...row.cells.map((one, at) => cell([run(one.text)], { share: shareOf(table, at + 1), right: true })),
    ],
  });
}

interface CellLayout {
  readonly share?: number;
  readonly span?: number;
  readonly right?: boolean;
  readonly rule?: boolean;
  readonly indent?: number;
  readonly keepNext?: boolean;
}

function cell(children: TextRun[], layout: CellLayout): TableCell {
  return new TableCell({
    ...(layout.share === undefined ? {} : { width: { size: layout.share, type: WidthType.PERCENTAGE } }),
    ...(layout.span === undefined ? {} : { columnSpan: layout.span }),
    borders: { top: NONE, left: NONE, right: NONE, bottom: layout.rule ? THIN : NONE },
    children: [
      new Paragraph({
        children,
        keepNext: layout.keepNext ?? false,
        alignment: layout.right ? AlignmentType.RIGHT : AlignmentType.LEFT,
        indent: { left: layout.indent ?? 0 },
      }),
    ],
  });
}

function shareOf(table: ResultTable, column: number): number {
  return column === 0 ? LABEL_SHARE : (100 - LABEL_SHARE) / Math.max(1, table.columns.length);
}

function run(text: string, style: { bold?: boolean; superScript?: boolean } = {}): TextRun {
  return new TextRun({ text, ...style });
}
