/**
 * The paragraphs of a note as bytes, some 7 % of the text: their number, for each its words since the end of the one before
 * and its length, all as varints, then the signatures, 16 bytes each, the lowest byte first.
 */
import type { NoteParagraphs } from '../copies.ts';
import type { Paragraph } from '../paragraphs.ts';
import { SIGNATURE_WORDS } from '../signatures.ts';
import { ByteReader, type ByteWriter } from './bytes.ts';

const BYTES_IN_WORD = 4;

/** Nothing where a note has no paragraph. */
export function writeParagraphs({ paragraphs, signatures }: NoteParagraphs, out: ByteWriter): void {
  if (paragraphs.length === 0) return;
  out.varint(paragraphs.length);
  let last = 0;
  for (const { first, end } of paragraphs) {
    out.varint(first - last);
    out.varint(end - first);
    last = end;
  }
  const bytes = new DataView(new ArrayBuffer(signatures.length * BYTES_IN_WORD));
  for (const [at, word] of signatures.entries()) bytes.setUint32(at * BYTES_IN_WORD, word, true);
  out.append(new Uint8Array(bytes.buffer));
}

/** What the bytes hold; nothing where there are none. */
export function readParagraphs(bytes: Uint8Array): NoteParagraphs {
  if (bytes.length === 0) return { paragraphs: [], signatures: new Uint32Array() };
  const input = new ByteReader(bytes);
  let last = 0;
  const paragraphs = Array.from({ length: input.varint() }, (): Paragraph => {
    const first = last + input.varint();
    last = first + input.varint();
    return { first, end: last };
  });
  const view = new DataView(bytes.buffer, bytes.byteOffset + input.at);
  const words = paragraphs.length * SIGNATURE_WORDS;
  return {
    paragraphs,
    signatures: Uint32Array.from({ length: words }, (_, at) => view.getUint32(at * BYTES_IN_WORD, true)),
  };
}
