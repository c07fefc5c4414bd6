import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** A file that grows line by line. */
export interface LineWriter {
  readonly lines: number;
  /** Adds one line; the text has no line end of its own. */
  line(text: string): void;
  /** Writes what is left and gives the file its name. */
  close(): void;
}

const BLOCK = 1 << 18;

/**
 * Opens a file for writing. Lines gather in one block of 256 Ki characters, which is then written at once and waited for,
 * so that a slow disk slows the generator and memory stays flat. Until it is closed the file is called `PATH.part`: a run that
 * was killed leaves no file that looks whole.
 */
export function openLines(path: string): LineWriter {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.part`;
  const file = openSync(temporary, 'w');
  let block: string[] = [];
  let size = 0;
  let lines = 0;

  const flush = () => {
    const bytes = Buffer.from(block.join(''));
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    block = [];
    size = 0;
  };

  return {
    get lines() {
      return lines;
    },
    line(text) {
      block.push(text, '\n');
      size += text.length + 1;
      lines++;
      if (size >= BLOCK) flush();
    },
    close() {
      flush();
      fsyncSync(file);
      closeSync(file);
      renameSync(temporary, path);
    },
  };
}
