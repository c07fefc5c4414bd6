import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileBlocks, LONGEST_LINE, lineTooLong } from './file-blocks.ts';

/** Writes a file so that a reader, or a crash, sees the old content or the new, never a part. */
export function writeFileAtomic(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, content);
    renameDurably(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Puts a file that is written in the place of another, so that a reader, or a crash, sees the one or the other, never a part. */
export function renameDurably(from: string, path: string): void {
  const file = openSync(from, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(from, path);
  syncFolder(dirname(path));
}

/** Makes a rename in this folder survive a power cut. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return; // a folder cannot be opened there; NTFS journals the rename
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** One line of a text file, without its line end. */
export interface Line {
  readonly text: string;
  /** Counts from 1. */
  readonly number: number;
  /** Bytes of the file up to and with this line. */
  readonly bytesRead: number;
}

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;

/** How the bytes of a file are text. An encoding must have the line end of ASCII. */
export interface LineOptions {
  /** Defaults to `utf-8`. */
  readonly encoding?: 'utf-8' | 'windows-1252';
  /** The file is compressed; `bytesRead` counts its own bytes. Defaults to `false`. */
  readonly gzip?: boolean;
}

/**
 * The lines of a file one by one, in constant memory. A last line without a line end counts. Fails with
 * `base.line-too-long` at a line of more than 256 MiB, with `base.damaged-file` where a compressed file is cut off.
 */
export async function* readLines(path: string, options: LineOptions = {}): AsyncGenerator<Line> {
  const decode = decoderOf(options);
  // A line that goes on is kept in pieces: joining it anew at every block takes time with the square of its length.
  let pieces: Buffer[] = [];
  let length = 0;
  let number = 0;
  let bytesRead = 0;
  for await (const { bytes, read } of fileBlocks(path, options)) {
    let block = bytes;
    for (let end = block.indexOf(NEWLINE); end >= 0; end = block.indexOf(NEWLINE)) {
      const line = block.subarray(0, end);
      bytesRead += length + end + 1;
      const text = decode(length === 0 ? line : Buffer.concat([...pieces, line]));
      yield { text, number: ++number, bytesRead: options.gzip ? read : bytesRead };
      [pieces, length] = [[], 0];
      block = block.subarray(end + 1);
    }
    if (block.length > 0) pieces.push(block);
    length += block.length;
    if (length > LONGEST_LINE) throw lineTooLong(path, number + 1);
  }
  if (length > 0) yield { text: decode(Buffer.concat(pieces)), number: ++number, bytesRead: bytesRead + length };
}

function decoderOf({ encoding = 'utf-8' }: LineOptions): (line: Buffer) => string {
  const withoutEnd = (line: Buffer): Buffer => (line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line);
  if (encoding === 'utf-8') return (line) => withoutEnd(line).toString('utf8');
  const decoder = new TextDecoder(encoding);
  return (line) => decoder.decode(withoutEnd(line));
}
