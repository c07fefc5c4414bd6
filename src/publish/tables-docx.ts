/**
 * The tables as a Word document in the style of medical journals: three rules, no vertical lines, header rows that
 * repeat on each page, footnote letters in superscript and the notes under the table. Rules R4 to R7 of SPEC.md.
 */
import { HeadingLevel, type ISectionOptions, Paragraph, SimpleField, type Table, TextRun } from 'docx';
import type { Results, StatisticResults } from '../analysis/index.ts';
import { isWide, type PrintedTable, type TableNote } from './printed-table.ts';
import { printedTables } from './printed-tables.ts';
import { NOTE_HALF_POINTS, wordFile } from './word-file.ts';
import { type PageFacts, wordSection } from './word-page.ts';
import { wordTable } from './word-table.ts';

/** The document as bytes of a `.docx` file: every table on a page of its own, what R computed last. */
export async function tablesDocument(
  facts: PageFacts,
  results: Results,
  statistics: StatisticResults,
): Promise<Uint8Array> {
  return wordTablesFile(facts, printedTables(results, statistics));
}

/** The document of just these tables. */
export async function wordTablesFile(facts: PageFacts, tables: readonly PrintedTable[]): Promise<Uint8Array> {
  const heading = new Paragraph({ text: facts.title, heading: HeadingLevel.HEADING_1 });
  const sections = tables.map((table, at): ISectionOptions => {
    const parts = tableParts(table);
    return wordSection(facts, isWide(table), at === 0 ? [heading, ...parts] : parts);
  });
  const properties = {
    title: facts.title,
    subject: 'Tables',
    description: `Protocol ${facts.protocolVersion}, SHA-256 ${facts.protocol}${facts.lock === '' ? '' : `; lock ${facts.lock}`}`,
  };
  return wordFile(properties, sections.length > 0 ? sections : [wordSection(facts, false, [heading])]);
}

function tableParts(table: PrintedTable): (Paragraph | Table)[] {
  const { columns, lines, notes } = table;
  return [
    caption(table),
    wordTable(columns, lines, { notesFollow: notes.length > 0, across: isWide(table) }),
    ...notes.map(noteParagraph),
  ];
}

/** `Table 2. Sites`, where 2 is a field that Word counts: a table put in between renumbers the others. */
function caption({ number, title }: PrintedTable): Paragraph {
  const children = [
    new TextRun('Table '),
    new SimpleField(' SEQ Table \\* ARABIC ', String(number)),
    new TextRun(`. ${title}`),
  ];
  return new Paragraph({ style: 'Caption', keepNext: true, children });
}

function noteParagraph({ letter, text }: TableNote): Paragraph {
  const size = NOTE_HALF_POINTS;
  const sign = letter === '' ? [] : [new TextRun({ text: letter, superScript: true, size })];
  return new Paragraph({ style: 'TableNote', keepLines: true, children: [...sign, new TextRun(text)] });
}
