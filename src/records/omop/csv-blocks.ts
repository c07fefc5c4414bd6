import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { ChartproofError } from '../../base/index.ts';

/** Bytes of a file in their order. `read` says how far into the file, as it lies on the disk, they come from. */
export interface CsvBlock {
  readonly bytes: Buffer;
  readonly read: number;
  readonly isLast: boolean;
}

const BLOCK = 4 << 20;

/** The blocks of a file, unpacked where its name ends in `.gz`; the last one may be empty. Error: `records.damaged-file`. */
export async function* csvBlocks(path: string): AsyncGenerator<CsvBlock> {
  const file = createReadStream(path, { highWaterMark: BLOCK });
  const isPacked = /\.gz$/i.test(path);
  let plain = 0;
  try {
    // An error of the file itself reaches the reader only through the stream that is read.
    const unpacked = isPacked ? file.pipe(createGunzip({ chunkSize: BLOCK })) : file;
    file.on('error', (error) => unpacked.destroy(error));
    for await (const block of unpacked) {
      plain += (block as Buffer).length;
      yield { bytes: block as Buffer, read: isPacked ? file.bytesRead : plain, isLast: false };
    }
  } catch (cause) {
    throw new ChartproofError('records.damaged-file', 'A file is damaged or cut off; nothing was imported.', {
      tip: 'Copy it again from where it came, and compare its size.',
      place: { file: path },
      cause,
    });
  } finally {
    file.destroy();
  }
  yield { bytes: Buffer.alloc(0), read: file.bytesRead, isLast: true };
}
