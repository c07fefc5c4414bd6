import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { ChartproofError } from './errors.ts';

/** Bytes of a file in their order. `read` says how far into the file, as it lies on the disk, they come from. */
export interface FileBlock {
  readonly bytes: Buffer;
  readonly read: number;
}

/** Bytes. No text of a chart is this long: a longer line is a file that has no lines at all. */
export const LONGEST_LINE = 256 << 20;

const BLOCK = 1 << 20;

/** The blocks of a file, unpacked where it is compressed. Fails with `base.damaged-file` where it cannot be read to its end. */
export async function* fileBlocks(path: string, { gzip = false } = {}): AsyncGenerator<FileBlock> {
  const file = createReadStream(path, { highWaterMark: BLOCK });
  const stream = gzip ? file.pipe(createGunzip({ chunkSize: BLOCK })) : file;
  // An error of the file itself reaches the reader only through the stream that is read.
  if (stream !== file) file.on('error', (error) => stream.destroy(error));
  let plain = 0;
  try {
    for await (const block of stream) {
      plain += (block as Buffer).length;
      yield { bytes: block as Buffer, read: gzip ? file.bytesRead : plain };
    }
  } catch (cause) {
    throw gzip || (cause as NodeJS.ErrnoException).code === 'EIO' ? damagedFile(path, cause) : cause;
  } finally {
    // A reader that stops early aborts the stream: that is no error of the file.
    file.on('error', () => {});
    if (!file.closed) await new Promise<void>((resolve) => file.destroy().once('close', () => resolve()));
  }
}

/** A file that is not whole. */
export function damagedFile(path: string, cause: unknown): ChartproofError {
  return new ChartproofError('base.damaged-file', 'The file is damaged or cut off.', {
    tip: 'Copy it again from where it came, and compare its size.',
    place: { file: path },
    cause,
  });
}

/** A line that nobody has written as one. */
export function lineTooLong(path: string, line: number): ChartproofError {
  return new ChartproofError('base.line-too-long', 'A line of the file is too long to be one.', {
    tip: 'The file should have one record a line, of at most 256 MiB.',
    place: { file: path, line },
  });
}
