/**
 * The tables as a Word document in the style of medical journals: three rules, no vertical lines, header rows that
 * repeat on each page, footnote letters in superscript and the notes under the table.
 */
import { Document, HeadingLevel, Packer, Paragraph, type Table, TextRun } from 'docx';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { ProportionResult, Results, ResultTable } from '../analysis/index.ts';
import { depthOf, lettersOf, opensGroup, rowLabel, tableCaption } from './captions.ts';
import { proportionTable } from './proportion-lines.ts';
import { type TableLine, wordTable } from './word-table.ts';

const FONT = 'Times New Roman';
const HALF_POINTS = { text: 20, note: 18, title: 28 };

/** The document as bytes of a `.docx` file: every table on a page of its own, the proportions last. */
export async function tablesDocument(
  title: string,
  results: Results,
  proportions: readonly ProportionResult[],
): Promise<Uint8Array> {
  const tables = results.tables.map((table, at) => tableParts(table, at));
  if (proportions.length > 0) tables.push(proportionParts(proportions, tables.length));
  const document = new Document({
    title,
    creator: 'Chartproof',
    styles: {
      default: {
        document: { run: { font: FONT, size: HALF_POINTS.text } },
        heading1: {
          run: { font: FONT, size: HALF_POINTS.title, bold: true, color: '000000' },
          paragraph: { spacing: { after: 240 } },
        },
      },
    },
    sections: [{ children: [new Paragraph({ text: title, heading: HeadingLevel.HEADING_1 }), ...tables.flat()] }],
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

function tableParts(table: ResultTable, at: number): (Paragraph | Table)[] {
  const lines = table.rows.flatMap((row, place): TableLine[] => [
    ...(opensGroup(table, place) ? [{ heading: row.group, letters: row.groupNotes }] : []),
    {
      label: rowLabel(row),
      letters: lettersOf(table, place),
      depth: depthOf(row),
      cells: row.cells.map((cell) => cell.text),
    },
  ]);
  const columns = table.columns.map((column) => column.label);
  return [
    caption(tableCaption(table, at), at > 0),
    wordTable(columns, lines),
    ...table.footnotes.map((note) => footnote(note.text, note.letter)),
  ];
}

function proportionParts(proportions: readonly ProportionResult[], at: number): (Paragraph | Table)[] {
  const table = proportionTable(proportions);
  const lines = table.rows.map(({ label, cells }) => ({ label, cells, letters: [], depth: 0 }));
  return [caption(tableCaption(table, at), at > 0), wordTable(table.columns, lines), footnote(table.note)];
}

function caption(text: string, newPage: boolean): Paragraph {
  const children = [new TextRun({ text, bold: true })];
  return new Paragraph({ pageBreakBefore: newPage, keepNext: true, spacing: { after: 80 }, children });
}

function footnote(text: string, letter = ''): Paragraph {
  const size = HALF_POINTS.note;
  const sign = letter === '' ? [] : [new TextRun({ text: letter, superScript: true, size })];
  return new Paragraph({ spacing: { before: 40 }, children: [...sign, new TextRun({ text, size })] });
}
