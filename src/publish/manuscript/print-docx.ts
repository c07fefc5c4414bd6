/** The text as a Word document, with the foot of the page that tells what it was made from; footnotes are Word's own. */
import {
  ExternalHyperlink,
  FootnoteReferenceRun,
  HeadingLevel,
  Paragraph,
  type ParagraphChild,
  type Table,
  TextRun,
} from 'docx';
import type { FootnoteDefinition, List, Nodes, PhrasingContent, RootContent, Table as TableNode } from 'mdast';
import type { ReleaseFacts } from '../release-content.ts';
import { wordFile } from '../word-file.ts';
import { wordSection } from '../word-page.ts';
import { wordTable } from '../word-table.ts';
import { isRaised, partsOf } from './parse-text.ts';
import { uncovered } from './print-html.ts';
import type { Manuscript } from './read-manuscript.ts';

const HEADINGS = [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3];
const INDENT_TWIPS = 400;
const AFTER_TWIPS = 120;
/** One and a half lines, as manuscripts are read. */
const LINE_TWIPS = 360;

/** The document as bytes of a `.docx` file. */
export async function manuscriptDocument(manuscript: Manuscript, facts: ReleaseFacts): Promise<Uint8Array> {
  const { root } = manuscript.document;
  const notes = root.children.filter((node) => node.type === 'footnoteDefinition');
  const numberOf = new Map(notes.map((note, at) => [note.identifier, at + 1]));
  const scribe: Scribe = { manuscript, numberOf };
  const footnotes = Object.fromEntries(notes.map((note, at) => [at + 1, { children: noteParagraphs(note, scribe) }]));
  const children = root.children.flatMap((node) => blockOf(node, scribe, 0));
  const properties = {
    title: facts.title,
    subject: 'Manuscript',
    description: `Protocol ${facts.protocolVersion}, SHA-256 ${facts.protocol}${facts.lock === '' ? '' : `; lock ${facts.lock}`}`,
  };
  return wordFile(properties, [wordSection(facts, false, children)], footnotes);
}

interface Scribe {
  readonly manuscript: Manuscript;
  readonly numberOf: ReadonlyMap<string, number>;
}

interface Look {
  readonly bold?: boolean;
  readonly italics?: boolean;
  readonly strike?: boolean;
  readonly superScript?: boolean;
  readonly subScript?: boolean;
  readonly font?: string;
}

function noteParagraphs(note: FootnoteDefinition, scribe: Scribe): Paragraph[] {
  return note.children.flatMap((node) => blockOf(node, scribe, 0)).filter((block) => block instanceof Paragraph);
}

function blockOf(node: RootContent, scribe: Scribe, depth: number, mark = ''): (Paragraph | Table)[] {
  const indent = { left: depth * INDENT_TWIPS };
  switch (node.type) {
    case 'heading': {
      const heading = HEADINGS[Math.min(node.depth, HEADINGS.length) - 1] ?? HeadingLevel.HEADING_3;
      return [new Paragraph({ heading, children: runsOf(node.children, scribe, {}) })];
    }
    case 'paragraph': {
      const children = [...(mark === '' ? [] : [new TextRun(`${mark}\t`)]), ...runsOf(node.children, scribe, {})];
      const hanging = mark === '' ? {} : { hanging: INDENT_TWIPS };
      return [
        new Paragraph({
          indent: { ...indent, ...hanging },
          spacing: { after: AFTER_TWIPS, line: LINE_TWIPS },
          children,
        }),
      ];
    }
    case 'list':
      return listOf(node, scribe, depth);
    case 'blockquote':
      return node.children.flatMap((child) => blockOf(child, scribe, depth + 1));
    case 'code':
      return uncovered(node.value, scribe.manuscript)
        .split('\n')
        .map((text) => new Paragraph({ indent, children: [new TextRun({ text, font: 'Courier New' })] }));
    case 'table':
      return [tableOf(node, scribe)];
    default:
      return [];
  }
}

function listOf({ ordered, start, children }: List, scribe: Scribe, depth: number): (Paragraph | Table)[] {
  return children.flatMap((item, at) =>
    item.children.flatMap((child, place) => {
      const mark = place > 0 ? '' : ordered ? `${(start ?? 1) + at}.` : '\u2022';
      return blockOf(child, scribe, depth + 1, mark);
    }),
  );
}

function tableOf({ children }: TableNode, scribe: Scribe): Table {
  const rows = children.map((row) => row.children.map((cell) => textOf(cell.children, scribe)));
  const [[, ...columns] = [], ...lines] = rows;
  return wordTable(
    columns,
    lines.map(([label = '', ...cells]) => ({ label, letters: [], depth: 0, cells })),
  );
}

function runsOf(nodes: readonly PhrasingContent[], scribe: Scribe, look: Look): ParagraphChild[] {
  return nodes.flatMap((node): ParagraphChild[] => {
    switch (node.type) {
      case 'text':
        return [new TextRun({ ...look, text: printedText(node.value, scribe) })];
      case 'strong':
        return runsOf(node.children, scribe, { ...look, bold: true });
      case 'emphasis':
        if (isRaised(node, 'sup')) return runsOf(node.children, scribe, { ...look, superScript: true });
        if (isRaised(node, 'sub')) return runsOf(node.children, scribe, { ...look, subScript: true });
        return runsOf(node.children, scribe, { ...look, italics: true });
      case 'delete':
        return runsOf(node.children, scribe, { ...look, strike: true });
      case 'inlineCode':
        return [new TextRun({ ...look, text: uncovered(node.value, scribe.manuscript), font: 'Courier New' })];
      case 'break':
        return [new TextRun({ ...look, break: 1 })];
      case 'link':
        if (!/^(?:https?:|mailto:)/i.test(node.url)) return runsOf(node.children, scribe, look);
        return [new ExternalHyperlink({ link: node.url, children: runsOf(node.children, scribe, look) })];
      case 'footnoteReference': {
        const number = scribe.numberOf.get(node.identifier);
        return number === undefined ? [] : [new FootnoteReferenceRun(number)];
      }
      case 'linkReference':
        return runsOf(node.children, scribe, look);
      case 'image':
      case 'imageReference':
        return [new TextRun({ ...look, text: node.alt ?? '' })];
      default:
        return [];
    }
  });
}

function textOf(nodes: readonly PhrasingContent[], scribe: Scribe): string {
  const plain = (node: Nodes): string => {
    if (node.type === 'text') return printedText(node.value, scribe);
    return 'children' in node ? node.children.map((child: Nodes) => plain(child)).join('') : '';
  };
  return nodes.map(plain).join('');
}

/** Line ends within a paragraph are spaces. */
function printedText(text: string, { manuscript }: Scribe): string {
  return partsOf(text)
    .map((part) => ('text' in part ? part.text : (manuscript.printed.get(part.token)?.text ?? '')))
    .join('')
    .replaceAll('\n', ' ');
}
