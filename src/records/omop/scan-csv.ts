/**
 * One pass over the bytes of a CSV file, before DuckDB reads it: it finds where records begin and end, counts them, and
 * writes those that are sound to another file, each with its version and line before it. So the account does not rest
 * on the reader; every row knows its line, also where notes have line breaks; and a quote that is never closed costs its own
 * line only, as in `csv-records.ts`, at the speed that fifty million rows need.
 */
import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, writeSync } from 'node:fs';
import { lineTooLong } from '../../base/index.ts';
import type { QuarantineReason } from '../quarantine-reasons.ts';
import { csvBlocks } from './csv-blocks.ts';
import type { CsvDialect } from './csv-header.ts';
import { closingQuote, readable } from './readable-record.ts';

/** Where the sound records go, and what becomes of the others. Without `path` records are counted only. */
export interface ScanTarget {
  readonly path?: string;
  /** The version of the first record. */
  readonly firstVersion: number;
  refuse(line: number, reason: QuarantineReason): void;
  advance(bytesRead: number): void;
}

/** What a file holds. `longest` is more than the bytes of the longest record. */
export interface Scan {
  readonly records: number;
  readonly sound: number;
  readonly longest: number;
  /** Whether a cell has line breaks: then DuckDB must read on one core. */
  readonly isMultiline: boolean;
}

/** How the file is written, and how many cells a record has. */
export type Layout = CsvDialect & { readonly columns: number };

/** Scans a file, which begins with a header. Errors: `base.damaged-file`, `base.line-too-long`. */
export async function scanCsv(path: string, layout: Layout, target: ScanTarget): Promise<Scan> {
  const scanner = new Scanner(layout, target);
  try {
    for await (const { bytes, read, isLast } of csvBlocks(path)) {
      if (!scanner.take(bytes, isLast)) throw lineTooLong(path, 1);
      target.advance(read);
    }
    return scanner.result();
  } finally {
    scanner.close();
  }
}

const [NEWLINE, RETURN, QUOTE, SPACE] = [10, 13, 34, 32];
/** Bytes. A quote that is open for longer was never meant as one. */
const LONGEST_RECORD = 16 << 20;
/** Nor is a line longer than this: such a file has no lines. */
const LONGEST_OPEN = 64 << 20;
const OUTPUT_BLOCK = 4 << 20;
/** A version and a line, with their delimiters. */
const LONGEST_PREFIX = 64;

/** A record from where it begins: up to `end`, the next one at `next`. */
interface Bounds {
  readonly end: number;
  readonly next: number;
  readonly cells: number;
  readonly lines: number;
}

class Scanner {
  readonly #target: ScanTarget;
  readonly #columns: number;
  readonly #delimiter: number;
  readonly #hasQuotes: boolean;
  readonly #file: number | undefined;
  #open: Buffer = Buffer.alloc(0);
  #output = Buffer.allocUnsafe(OUTPUT_BLOCK);
  #filled = 0;
  #line = 1;
  #isHeader = true;
  #records = 0;
  #sound = 0;
  #longest = 0;
  #isMultiline = false;

  constructor({ columns, delimiter, hasQuotes }: Layout, target: ScanTarget) {
    this.#target = target;
    this.#columns = columns;
    this.#delimiter = delimiter.charCodeAt(0);
    this.#hasQuotes = hasQuotes;
    this.#file = target.path === undefined ? undefined : openSync(target.path, 'w');
  }

  /** Takes a block; `false` where a line goes on for too long. */
  take(block: Buffer, isLast: boolean): boolean {
    const bytes = this.#open.length === 0 ? block : Buffer.concat([this.#open, block]);
    const whole = isLast ? bytes.length : bytes.lastIndexOf(NEWLINE) + 1;
    const isText = isUtf8(bytes.subarray(0, whole));
    let start = 0;
    while (start < whole) {
      const bounds = this.#bounds(bytes, start, isLast);
      if (bounds === 'unfinished') break;
      start = this.#record(bytes, start, bounds, isText);
    }
    this.#open = bytes.subarray(start);
    return this.#open.length <= LONGEST_OPEN;
  }

  result(): Scan {
    this.#write();
    return {
      records: this.#records,
      sound: this.#sound,
      longest: this.#longest + LONGEST_PREFIX,
      isMultiline: this.#isMultiline,
    };
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
  }

  /** Takes one record, or the one line that it costs where it is unsound; where the next one begins. */
  #record(bytes: Buffer, start: number, bounds: Bounds | 'unsound', isText: boolean): number {
    if (bounds !== 'unsound' && isBlank(bytes, start, bounds.end)) {
      this.#line += bounds.lines;
      return bounds.next;
    }
    const line = this.#line;
    const fits = bounds !== 'unsound' && bounds.cells === this.#columns;
    const taken = fits || (bounds !== 'unsound' && bounds.lines === 1) ? bounds : firstLine(bytes, start);
    this.#line += taken.lines;
    if (this.#isHeader) {
      this.#isHeader = false;
      return taken.next;
    }
    this.#records += 1;
    const record = bytes.subarray(start, taken.end);
    if (bounds === 'unsound') this.#target.refuse(line, 'table.unreadable');
    else if (!fits) this.#target.refuse(line, 'table.columns');
    else if (!isText && !isUtf8(record)) this.#target.refuse(line, 'table.unreadable');
    else this.#keep(readable(record, this.#delimiter, this.#hasQuotes), line, taken.lines);
    return taken.next;
  }

  #keep(record: Buffer, line: number, lines: number): void {
    const version = this.#target.firstVersion + this.#records - 1;
    this.#sound += 1;
    if (lines > 1) this.#isMultiline = true;
    if (record.length > this.#longest) this.#longest = record.length;
    if (this.#file === undefined) return;
    const space = record.length + LONGEST_PREFIX;
    if (this.#filled + space > this.#output.length) this.#write();
    if (space > this.#output.length) this.#output = Buffer.allocUnsafe(space);
    const delimiter = String.fromCharCode(this.#delimiter);
    this.#filled += this.#output.write(`${version}${delimiter}${line}${delimiter}`, this.#filled, 'latin1');
    this.#filled += record.copy(this.#output, this.#filled);
    this.#output[this.#filled++] = NEWLINE;
  }

  #write(): void {
    if (this.#file === undefined) return;
    for (let from = 0; from < this.#filled; ) from += writeSync(this.#file, this.#output, from, this.#filled - from);
    this.#filled = 0;
  }

  /** Where the record that begins at `start` ends. */
  #bounds(bytes: Buffer, start: number, isLast: boolean): Bounds | 'unsound' | 'unfinished' {
    const delimiter = this.#delimiter;
    let [at, cells, lines] = [start, 1, 1];
    const unfinished = isLast ? 'unsound' : bytes.length - start > LONGEST_RECORD ? 'unsound' : 'unfinished';
    for (;;) {
      if (this.#hasQuotes && bytes[at] === QUOTE) {
        const close = closingQuote(bytes, at + 1);
        if (close < 0 || (close + 1 === bytes.length && !isLast)) return unfinished;
        for (let end = bytes.indexOf(NEWLINE, at); end >= 0 && end < close; end = bytes.indexOf(NEWLINE, end + 1))
          lines += 1;
        at = close + 1;
        if (bytes[at] === RETURN && (at + 1 === bytes.length || bytes[at + 1] === NEWLINE)) at += 1;
        const after = bytes[at];
        if (after !== undefined && after !== delimiter && after !== NEWLINE) return 'unsound';
      } else {
        while (at < bytes.length && bytes[at] !== delimiter && bytes[at] !== NEWLINE) at += 1;
      }
      if (at >= bytes.length) return isLast ? { end: at, next: at, cells, lines } : unfinished;
      if (bytes[at] === NEWLINE) {
        const end = at > start && bytes[at - 1] === RETURN ? at - 1 : at;
        return { end, next: at + 1, cells, lines };
      }
      cells += 1;
      at += 1;
    }
  }
}

function firstLine(bytes: Buffer, start: number): Bounds {
  const found = bytes.indexOf(NEWLINE, start);
  const end = found < 0 ? bytes.length : found;
  return { end, next: found < 0 ? end : end + 1, cells: 0, lines: 1 };
}

function isBlank(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== SPACE && bytes[at] !== RETURN) return false;
  return true;
}
