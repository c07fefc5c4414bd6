/**
 * The files of an export, cut into pieces that can be decoded on all cores. One pass over the files gives their hashes
 * and the places where lines end.
 */
import { createHash } from 'node:crypto';
import { fileBlocks, LONGEST_LINE, lineTooLong, sha256File } from '../base/index.ts';
import type { HashedFile, InputFile } from './input-files.ts';

/**
 * Whole lines of a file from byte `start` to before `end`, or a whole file where it is compressed or a Bundle. A line
 * in it gets as its version `firstVersion` plus its place in the piece: so versions grow from file to file and from
 * line to line, on whatever core it is decoded.
 */
export interface Piece {
  readonly file: string;
  readonly path: string;
  readonly format: 'ndjson' | 'ndjson.gz' | 'json' | 'json.gz';
  readonly start: number;
  readonly end: number;
  /** The number of its first line, from 1. */
  readonly firstLine: number;
  readonly firstVersion: number;
}

/** A file with its hash, and its pieces. */
export interface CutFile {
  readonly input: HashedFile;
  readonly pieces: readonly Piece[];
}

const NEWLINE = 10;
/** Bytes. Small enough for all cores to have work, large enough for few files of rows. */
const SMALLEST_PIECE = 16 << 20;
const MOST_PIECES = 512;
/** No compressed file unpacks to more bytes for each of its own (RFC 1951). */
const MOST_UNPACKED = 1040;

/**
 * Cuts files of `total` bytes one after the other, into pieces of `size` bytes and up to the end of the line.
 * Errors: `base.line-too-long`.
 */
export async function* cutFiles(
  files: readonly InputFile[],
  total: number,
  size = Math.max(SMALLEST_PIECE, Math.ceil(total / MOST_PIECES)),
): AsyncGenerator<CutFile> {
  let version = 1;
  for (const file of files) {
    const format = formatOf(file.path);
    const cut =
      format === 'ndjson' ? await cutLines(file, size) : { sha256: await sha256File(file.path), cuts: [whole(file)] };
    const base = version;
    const pieces = cut.cuts.map((one) => ({
      file: file.name,
      path: file.path,
      format,
      ...one,
      firstVersion: base + one.start,
    }));
    version += (format.endsWith('.gz') ? MOST_UNPACKED : 1) * file.bytes + 1;
    yield { input: { ...file, sha256: cut.sha256 }, pieces };
  }
}

function formatOf(path: string): Piece['format'] {
  const gzip = /\.gz$/i.test(path);
  const json = /\.json(?:\.gz)?$/i.test(path);
  return `${json ? 'json' : 'ndjson'}${gzip ? '.gz' : ''}`;
}

type Cut = Pick<Piece, 'start' | 'end' | 'firstLine'>;

function whole({ bytes }: InputFile): Cut {
  return { start: 0, end: bytes, firstLine: 1 };
}

async function cutLines({ path }: InputFile, size: number): Promise<{ sha256: string; cuts: Cut[] }> {
  const hash = createHash('sha256');
  const cuts: Cut[] = [];
  let [at, start, firstLine, lines, lineStart] = [0, 0, 1, 0, 0];
  const cutAt = (end: number): void => {
    if (end > start) cuts.push({ start, end, firstLine });
    [start, firstLine] = [end, firstLine + lines];
    lines = 0;
  };
  for await (const { bytes: block } of fileBlocks(path)) {
    hash.update(block);
    for (let end = block.indexOf(NEWLINE); end >= 0; end = block.indexOf(NEWLINE, end + 1)) {
      lines += 1;
      lineStart = at + end + 1;
      if (lineStart - start >= size) cutAt(lineStart);
    }
    at += block.length;
    if (at - lineStart > LONGEST_LINE) throw lineTooLong(path, firstLine + lines);
  }
  cutAt(at);
  return { sha256: hash.digest('hex'), cuts };
}
