import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';

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
function syncFolder(path: string): void {
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

/** The lines of a UTF-8 file one by one, in constant memory. A last line without a line end counts. */
export async function* readLines(path: string): AsyncGenerator<Line> {
  const file = await open(path);
  try {
    let rest: Buffer = Buffer.alloc(0);
    let number = 0;
    let bytesRead = 0;
    for await (const chunk of file.createReadStream({ highWaterMark: 1 << 20, autoClose: false })) {
      let block = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
      for (let end = block.indexOf(NEWLINE, rest.length); end >= 0; end = block.indexOf(NEWLINE)) {
        bytesRead += end + 1;
        yield { text: decode(block.subarray(0, end)), number: ++number, bytesRead };
        block = block.subarray(end + 1);
      }
      rest = block;
    }
    if (rest.length > 0) yield { text: decode(rest), number: ++number, bytesRead: bytesRead + rest.length };
  } finally {
    await file.close();
  }
}

function decode(line: Buffer): string {
  const end = line.at(-1) === CARRIAGE_RETURN ? line.length - 1 : line.length;
  return line.toString('utf8', 0, end);
}
