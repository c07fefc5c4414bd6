/**
 * A run as a file: its terms in byte order, each with its numbers and its posting, one after the other:
 * `varint(bytes of the term), term, varint notes, mentions, last, bytes of the posting, posting`.
 */
import { closeSync, openSync, readSync, writeFileSync } from 'node:fs';
import { byteOrderOf } from './byte-order.ts';
import { ByteReader, ByteWriter } from './bytes.ts';
import type { Run } from './run-writer.ts';

/** A term and its posting in one run or segment, at a time; the next one takes its place. */
export interface PostingSource {
  /** The first note of the run or segment. */
  readonly first: number;
  readonly term: string;
  readonly notes: number;
  readonly mentions: number;
  /** The last note of the posting, counted from the first of the run. */
  readonly last: number;
  readonly posting: Uint8Array;
  /** Goes to the next term; `false` after the last. */
  next(): boolean;
  close(): void;
}

export function writeRun(path: string, { terms, notes, mentions, lasts, ends, bytes }: Run): void {
  const out = new ByteWriter(bytes.length + 16 * terms.length);
  for (const i of byteOrderOf(terms)) {
    const term = Buffer.from(terms[i] as string);
    const start = i === 0 ? 0 : (ends[i - 1] as number);
    out.varint(term.length);
    out.append(term);
    out.varint(notes[i] as number);
    out.varint(mentions[i] as number);
    out.varint(lasts[i] as number);
    out.varint((ends[i] as number) - start);
    out.append(bytes.subarray(start, ends[i]));
  }
  writeFileSync(path, out.view());
}

/** All runs are read at once: a million notes make some 250. */
const BUFFER = 1 << 16;
/** More than a term and its numbers have. */
const HEAD = 1 << 12;

/** Reads a run from its file, a part at a time. */
export class RunFile implements PostingSource {
  readonly first: number;
  term = '';
  notes = 0;
  mentions = 0;
  last = 0;
  posting = new Uint8Array();
  private readonly file: number;
  private buffer = Buffer.alloc(BUFFER);
  private at = 0;
  private filled = 0;

  constructor(path: string, first: number) {
    this.first = first;
    this.file = openSync(path, 'r');
  }

  next(): boolean {
    this.need(HEAD);
    if (this.at === this.filled) return false;
    let reader = new ByteReader(this.buffer, this.at);
    const length = reader.varint();
    if (length > HEAD / 2) {
      this.need(length + HEAD);
      reader = new ByteReader(this.buffer, this.at);
      reader.varint();
    }
    this.term = this.buffer.toString('utf8', reader.at, reader.at + length);
    reader.at += length;
    this.notes = reader.varint();
    this.mentions = reader.varint();
    this.last = reader.varint();
    const size = reader.varint();
    this.at = reader.at;
    this.need(size);
    this.posting = this.buffer.subarray(this.at, this.at + size);
    this.at += size;
    return true;
  }

  close(): void {
    closeSync(this.file);
  }

  /** Reads on where fewer bytes are there; at the end of the file there may be fewer still. */
  private need(bytes: number): void {
    const left = this.filled - this.at;
    if (left >= bytes) return;
    const buffer = bytes > this.buffer.length ? Buffer.alloc(2 * bytes) : this.buffer;
    this.buffer.copy(buffer, 0, this.at, this.filled);
    this.buffer = buffer;
    this.at = 0;
    this.filled = left;
    while (this.filled < bytes) {
      const read = readSync(this.file, buffer, this.filled, buffer.length - this.filled, null);
      if (read === 0) return;
      this.filled += read;
    }
  }
}
