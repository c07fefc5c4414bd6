import { Refusal } from '../quarantine-reasons.ts';
import type { TextWriter } from './text-writer.ts';

/** The letters of an RTF document: bytes in the code page of the document or of the font, and `\u` with a number. */
export class RtfLetters {
  readonly #writer: TextWriter;
  /** The text so far that no control word has ended, and bytes after it that may be parts of one letter. */
  #run = '';
  #bytes: number[] = [];
  #skip = 0;
  #page = 'windows-1252';
  #font: number | undefined;
  #listed: number | undefined;
  readonly #fonts = new Map<number, string>();

  constructor(writer: TextWriter) {
    this.#writer = writer;
  }

  /** `\'e4`. */
  byte(byte: number): void {
    if (this.#skip > 0) this.#skip -= 1;
    else this.#bytes.push(byte);
  }

  /** Text as it stands; letters beyond ASCII are bytes of the code page. */
  plain(text: string): void {
    let from = 0;
    for (; this.#skip > 0 && from < text.length; from++) this.#skip -= 1;
    if (from === text.length) return;
    const rest = from === 0 ? text : text.slice(from);
    if (ASCII.test(rest)) {
      this.#endBytes();
      this.#run += rest;
    } else for (let at = 0; at < rest.length; at++) this.#bytes.push(rest.charCodeAt(at));
  }

  /** `\u8211`, or less than 0 beyond 32767; the next `skip` letters stand in for it. */
  unicode(number: number, skip: number): void {
    this.#endBytes();
    this.#run += String.fromCharCode(number & 0xffff);
    this.#skip = skip;
  }

  /** Characters that a control word names. */
  characters(text: string): void {
    this.#endBytes();
    this.#run += text;
  }

  /** `\f1` in the text; nothing stands for the document's own. */
  useFont(font: number | undefined): void {
    this.#endBytes();
    this.#font = font;
  }

  /** `\f1` in the table of fonts: what comes is about this font. */
  listFont(font: number | undefined): void {
    this.#listed = font;
  }

  /** Takes a control word about code pages. False where the word is none. */
  codePage(word: string, number: number | undefined): boolean {
    if (word === 'ansicpg') this.#page = number ? labelOf(number) : this.#page;
    else if (word === 'mac') this.#page = 'macintosh';
    else if (word === 'pc' || word === 'pca') this.#page = word;
    else if (word === 'fcharset') {
      const page = FONT_PAGES[number ?? 0];
      if (page !== undefined && this.#listed !== undefined) this.#fonts.set(this.#listed, labelOf(page));
    } else return false;
    return true;
  }

  /** Writes what is there: a paragraph, a cell or a group ends. */
  endRun(): void {
    this.#endBytes();
    this.#skip = 0;
    if (this.#run !== '') this.#writer.verbatim(this.#run);
    this.#run = '';
  }

  #endBytes(): void {
    if (this.#bytes.length === 0) return;
    const set = (this.#font === undefined ? undefined : this.#fonts.get(this.#font)) ?? this.#page;
    try {
      this.#run += new TextDecoder(set).decode(Uint8Array.from(this.#bytes));
    } catch {
      throw new Refusal('note.unreadable', 'contentType');
    }
    this.#bytes = [];
  }
}

const ASCII = /^[\0-\x7f]*$/;

/** The name of a Windows code page as the Encoding Standard has it; that of one it lacks (437, 850) is refused later. */
function labelOf(page: number): string {
  return PAGES[page] ?? (page >= 1250 && page <= 1258 ? `windows-${page}` : `cp${page}`);
}

const PAGES: Readonly<Record<number, string>> = {
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  10000: 'macintosh',
  20127: 'windows-1252',
  28591: 'iso-8859-1',
  28592: 'iso-8859-2',
  65001: 'utf-8',
};

/** Code pages by `\fcharset` (RTF 1.9.1, font table). */
const FONT_PAGES: Readonly<Record<number, number>> = {
  0: 1252,
  128: 932,
  129: 949,
  134: 936,
  136: 950,
  161: 1253,
  162: 1254,
  163: 1258,
  177: 1255,
  178: 1256,
  186: 1257,
  204: 1251,
  222: 874,
  238: 1250,
};
