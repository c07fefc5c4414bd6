/**
 * The text of a document in Rich Text Format (RTF 1.9.1). A document is nested groups `{...}` of control words (`\par`,
 * `\b0`), control symbols (`\'e4`) and text. A group may be a destination, such as the table of fonts: of those only the ones in
 * which somebody reads are read. Letters are bytes of a code page, or `\u` with a number, followed by what stands in for it.
 */
import { Refusal } from '../quarantine-reasons.ts';
import { RtfLetters } from './rtf-letters.ts';
import { TextWriter } from './text-writer.ts';

/** Refused as `note.unreadable` where it is no RTF, or ends in the middle. */
export function rtfText(bytes: Uint8Array): string {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const start = source.indexOf('{\\rtf');
  if (start < 0 || source.slice(0, start).trim() !== '') throw new Refusal('note.unreadable', 'data');
  const writer = new TextWriter();
  const letters = new RtfLetters(writer);
  const outer: Group[] = [];
  let group: Group = { isRead: true, isHidden: false, isFonts: false, skip: 1, font: undefined };
  TOKEN.lastIndex = start;
  for (let token = TOKEN.exec(source); token !== null; token = TOKEN.exec(source)) {
    const [whole, word, digits, hex, symbol, text] = token;
    if (whole === '{') {
      if (outer.length >= DEEPEST) throw new Refusal('note.unreadable', 'data');
      outer.push(group);
      group = { ...group };
    } else if (whole === '}') {
      letters.endRun();
      const parent = outer.pop();
      if (parent !== undefined) group = parent;
      letters.useFont(group.font);
      if (outer.length === 0) return finished(letters, writer);
    } else if (word !== undefined) {
      const number = digits === undefined ? undefined : Number(digits);
      if (word === 'bin') TOKEN.lastIndex += Math.max(0, number ?? 0);
      else control(word, number, group, letters, writer);
    } else if (symbol === '*') group.isRead = isReadStarred(source, TOKEN.lastIndex);
    else if (isShown(group)) {
      if (hex !== undefined) letters.byte(Number.parseInt(hex, 16));
      else if (text !== undefined) letters.plain(text);
      else symbolText(symbol, letters, writer);
    }
  }
  throw new Refusal('note.unreadable', 'data');
}

/** Sticky: every character of a document is part of a token. A blank after a control word belongs to it. */
const TOKEN = /[{}]|\\(?:([a-zA-Z]{1,32})(-?\d{1,10})? ?|'([0-9a-fA-F]{2})|([\s\S]))|[\r\n]+|([^{}\\\r\n]+)/gy;
const DEEPEST = 1000;

/** What a group says of its text; a group in it begins with the same. */
interface Group {
  isRead: boolean;
  isHidden: boolean;
  isFonts: boolean;
  /** How many letters stand in for a `\u`. */
  skip: number;
  font: number | undefined;
}

function isShown({ isRead, isHidden, isFonts }: Group): boolean {
  return isRead && !isHidden && !isFonts;
}

/** Destinations in which nobody reads: tables of the document, pictures, and headers and footers, which come on every page. */
const UNREAD: ReadonlySet<string> = new Set(
  `colortbl stylesheet info pict objdata object header headerl headerr headerf footer footerl footerr footerf fldinst
  filetbl listtable listoverridetable revtbl rsidtbl generator themedata datastore xmlnstbl latentstyles sn sv nonesttables
  bkmkstart bkmkend xe tc mmathPr pgdsctbl`.split(/\s+/),
);

/** `\*` before a destination: whoever does not know it must leave it out. These are known. */
const READ_STARRED = /\\(?:shpinst|nesttableprops|shptxt)(?![a-zA-Z])/y;

function isReadStarred(source: string, at: number): boolean {
  READ_STARRED.lastIndex = at;
  return READ_STARRED.test(source);
}

function control(
  word: string,
  number: number | undefined,
  group: Group,
  letters: RtfLetters,
  writer: TextWriter,
): void {
  if (word === 'fonttbl') group.isFonts = true;
  else if (UNREAD.has(word)) group.isRead = false;
  else if (word === 'uc') group.skip = Math.max(0, number ?? 1);
  else if (word === 'v' || word === 'deleted') group.isHidden = number !== 0;
  else if (word === 'plain' || word === 'f') {
    if (word === 'plain') group.isHidden = false;
    if (group.isFonts) letters.listFont(number);
    else {
      group.font = word === 'f' ? number : undefined;
      letters.useFont(group.font);
    }
  } else if (letters.codePage(word, number)) return;
  else if (!isShown(group)) return;
  else if (word === 'u') letters.unicode(number ?? 0, group.skip);
  else {
    const characters = CHARACTERS[word];
    const layout = LAYOUT[word];
    if (characters !== undefined) letters.characters(characters);
    if (layout === undefined) return;
    letters.endRun();
    layout(writer);
  }
}

const CHARACTERS: Readonly<Record<string, string | undefined>> = Object.assign(Object.create(null), {
  tab: '\t',
  emdash: '—',
  endash: '–',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  emspace: ' ',
  enspace: ' ',
});

const LAYOUT: Readonly<Record<string, ((writer: TextWriter) => void) | undefined>> = Object.assign(
  Object.create(null),
  {
    par: (writer: TextWriter) => writer.lineBreak(),
    line: (writer: TextWriter) => writer.lineBreak(),
    sect: (writer: TextWriter) => writer.paragraph(),
    page: (writer: TextWriter) => writer.paragraph(),
    footnote: (writer: TextWriter) => writer.paragraph(),
    shptxt: (writer: TextWriter) => writer.paragraph(),
    cell: (writer: TextWriter) => writer.cell(),
    nestcell: (writer: TextWriter) => writer.cell(),
    trowd: beginRow,
    row: endRow,
    nestrow: endRow,
  },
);

function endRow(writer: TextWriter): void {
  writer.endTable();
  beginRow(writer);
}

/** A control word ends a cell here; so the first one of a row is begun with the row. */
function beginRow(writer: TextWriter): void {
  writer.row();
  writer.cell();
}

function symbolText(symbol: string | undefined, letters: RtfLetters, writer: TextWriter): void {
  if (symbol === '\\' || symbol === '{' || symbol === '}') letters.plain(symbol);
  else if (symbol === '~') letters.characters(' ');
  else if (symbol === '_') letters.characters('-');
  else if (symbol === '\n' || symbol === '\r') {
    letters.endRun();
    writer.lineBreak();
  }
}

function finished(letters: RtfLetters, writer: TextWriter): string {
  letters.endRun();
  return writer.text();
}
