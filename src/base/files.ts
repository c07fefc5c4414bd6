import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createGunzip } from 'node:zlib';
import { ChartproofError } from './errors.ts';

/** Writes a file so that a reader, or a crash, sees the old content or the new, never a part. */
export function writeFileAtomic(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = openSync(temporary, 'w');
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
    syncFolder(dirname(path));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
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
/** Bytes. No text of a chart is this long: a longer line is a file that has no lines at all. */
const LONGEST_LINE = 256 * 1024 * 1024;

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
  const { gzip = false } = options;
  const decode = decoderOf(options);
  const file = await open(path);
  try {
    const read = file.createReadStream({ highWaterMark: 1 << 20, autoClose: false });
    const chunks = gzip ? unpacked(read.pipe(createGunzip({ chunkSize: 1 << 20 })), path) : read;
    // A line that goes on is kept in pieces: joining it anew at every chunk takes time with the square of its length.
    let pieces: Buffer[] = [];
    let length = 0;
    let number = 0;
    let bytesRead = 0;
    for await (const chunk of chunks) {
      let block = chunk as Buffer;
      for (let end = block.indexOf(NEWLINE); end >= 0; end = block.indexOf(NEWLINE)) {
        const line = block.subarray(0, end);
        bytesRead += length + end + 1;
        const text = decode(length === 0 ? line : Buffer.concat([...pieces, line]));
        yield { text, number: ++number, bytesRead: gzip ? read.bytesRead : bytesRead };
        [pieces, length] = [[], 0];
        block = block.subarray(end + 1);
      }
      if (block.length > 0) pieces.push(block);
      length += block.length;
      if (length > LONGEST_LINE) throw tooLong(path, number + 1);
    }
    if (length > 0) {
      const text = decode(Buffer.concat(pieces));
      yield { text, number: ++number, bytesRead: gzip ? read.bytesRead : bytesRead + length };
    }
  } finally {
    await file.close();
  }
}

function tooLong(path: string, line: number): ChartproofError {
  return new ChartproofError('base.line-too-long', 'A line of the file is longer than 256 MiB.', {
    tip: 'The file should have one record a line.',
    place: { file: path, line },
  });
}

async function* unpacked(stream: AsyncIterable<Buffer>, path: string): AsyncGenerator<Buffer> {
  try {
    yield* stream;
  } catch (cause) {
    throw new ChartproofError('base.damaged-file', 'The compressed file is damaged or cut off.', {
      tip: 'Copy it again from where it came, and compare its size.',
      place: { file: path },
      cause,
    });
  }
}

function decoderOf({ encoding = 'utf-8' }: LineOptions): (line: Buffer) => string {
  const withoutEnd = (line: Buffer): Buffer => (line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line);
  if (encoding === 'utf-8') return (line) => withoutEnd(line).toString('utf8');
  const decoder = new TextDecoder(encoding);
  return (line) => decoder.decode(withoutEnd(line));
}
