import { type FileBlock, fileBlocks } from '../../base/index.ts';

/** Bytes of a file in their order. */
export interface CsvBlock extends FileBlock {
  readonly isLast: boolean;
}

/** The blocks of a file, unpacked where its name ends in `.gz`; the last one is empty. Error: `base.damaged-file`. */
export async function* csvBlocks(path: string): AsyncGenerator<CsvBlock> {
  let end = 0;
  for await (const block of fileBlocks(path, { gzip: /\.gz$/i.test(path) })) {
    end = block.read;
    yield { ...block, isLast: false };
  }
  yield { bytes: Buffer.alloc(0), read: end, isLast: true };
}
