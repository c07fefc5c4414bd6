/**
 * Writes the text of a marked-up document so that note search can read it: lines, sections and sentences are found by line
 * breaks, so those that the markup means must be there. Lines are parted by `\n`, paragraphs and the rows of a table by an
 * empty line (a row is a fact of its own: what is denied in one is not denied in the next), cells by a tab; items of a
 * list begin with `- `, headings with `# `. What is written depends on the document alone.
 */
import { Refusal } from '../quarantine-reasons.ts';
import { LARGEST } from './limits.ts';

export class TextWriter {
  readonly #largest: number;
  readonly #pieces: string[] = [];
  #size = 0;
  // What is due before the next word.
  #breaks = 0;
  #tabs = 0;
  #space = false;
  #prefix = '';
  // Where in a table it is.
  #rowIsEmpty = false;
  #firstCell = false;
  /** The cell has no word yet: the blocks that it begins with break no line. */
  #cellBegins = false;
  #cellHasLines = false;

  /** @param largest the most characters, beyond which it refuses as `note.too-large` */
  constructor(largest = LARGEST) {
    this.#largest = largest;
  }

  /** Running text: white space of any length is one blank. */
  words(text: string): void {
    const words = text.replace(INVISIBLE, '').split(WHITE_SPACE);
    for (let at = 0; at < words.length; at++) {
      if (at > 0) this.#space = true;
      const word = words[at];
      if (word) this.#write(word);
    }
  }

  /** Text whose blanks and line breaks stand. */
  verbatim(text: string): void {
    const lines = text.replace(INVISIBLE, '').split(LINE_END);
    for (let at = 0; at < lines.length; at++) {
      if (at > 0) this.lineBreak();
      const line = lines[at] ?? '';
      if (line.trim() !== '') this.#write(line);
      else if (line !== '') this.#space = true;
    }
  }

  /** What follows begins a line. */
  line(): void {
    this.#break(1);
  }

  /** What follows begins a paragraph. */
  paragraph(): void {
    this.#break(2);
  }

  /** Ends the line; twice, it leaves one empty. */
  lineBreak(): void {
    this.#break(Math.min(2, this.#breaks + 1));
  }

  /** Begins an item of a list. */
  item(): void {
    this.line();
    this.#prefix = '- ';
  }

  endItem(): void {
    this.#prefix = '';
    this.line();
  }

  heading(): void {
    this.paragraph();
    this.#prefix = '# ';
  }

  endHeading(): void {
    this.#prefix = '';
    this.paragraph();
  }

  /** Begins a row of a table. */
  row(): void {
    this.paragraph();
    this.#rowIsEmpty = true;
    this.#firstCell = true;
    this.#cellHasLines = false;
  }

  /** Begins a cell: beside the one before, or below it where that has several lines. */
  cell(): void {
    if (this.#cellHasLines) this.#breaks = 2;
    else if (!this.#firstCell) {
      if (!this.#rowIsEmpty) this.#breaks = 0;
      this.#tabs += 1;
    }
    this.#firstCell = false;
    this.#cellBegins = true;
    this.#cellHasLines = false;
  }

  /** After the last cell. */
  endTable(): void {
    this.#cellBegins = false;
    this.paragraph();
  }

  /** The character that the next one would follow; empty at the beginning of a line or a word. */
  last(): string {
    return this.#breaks > 0 || this.#tabs > 0 || this.#space ? '' : (this.#pieces.at(-1)?.at(-1) ?? '');
  }

  text(): string {
    return this.#pieces.join('');
  }

  #break(lines: number): void {
    if (this.#cellBegins) return;
    this.#breaks = Math.max(this.#breaks, lines);
    this.#tabs = 0;
    this.#space = false;
  }

  #write(word: string): void {
    const begins = this.#pieces.length === 0;
    const due = begins ? '' : '\n'.repeat(this.#breaks);
    const blank = this.#space && !begins && due === '' && this.#tabs === 0 ? ' ' : '';
    const piece = `${due}${'\t'.repeat(this.#tabs)}${blank}${this.#prefix}${word}`;
    this.#size += piece.length;
    if (this.#size > this.#largest) throw new Refusal('note.too-large', 'size');
    this.#pieces.push(piece);
    if (due !== '' && !this.#rowIsEmpty) this.#cellHasLines = true;
    this.#breaks = 0;
    this.#tabs = 0;
    this.#space = false;
    this.#prefix = '';
    this.#rowIsEmpty = false;
    this.#cellBegins = false;
  }
}

/** Soft hyphens and blanks without width, which would part words where nobody sees it. */
const INVISIBLE = /[\u00ad\u200b\u2060\ufeff]/g;
const WHITE_SPACE = /\s+/;
const LINE_END = /\r\n?|[\n\u2028\u2029]/;
