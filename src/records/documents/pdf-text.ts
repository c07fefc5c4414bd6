import { inflateSync } from 'node:zlib';
import type { getDocumentProxy } from 'unpdf';
import { Refusal } from '../quarantine-reasons.ts';
import { LARGEST } from './limits.ts';
import { TextWriter } from './text-writer.ts';

type PdfDocument = Awaited<ReturnType<typeof getDocumentProxy>>;

/**
 * The text layer of a PDF: line by line as it stands on the page, with an empty line where a gap is wider than between
 * lines, and between pages. Refused as `note.no-text-layer` where it is a scan; as `note.unreadable` where it is damaged or
 * encrypted.
 */
export async function pdfText(bytes: Uint8Array): Promise<string> {
  refuseBomb(bytes);
  const pdf = await import('unpdf');
  const writer = new TextWriter();
  try {
    // A copy, since the reader takes the bytes away. It says nothing, since its warnings quote the document.
    const settings = { verbosity: 0, useSystemFonts: false, disableFontFace: true, isOffscreenCanvasSupported: false };
    const document = await pdf.getDocumentProxy(new Uint8Array(bytes), settings);
    try {
      for (let page = 1; page <= document.numPages; page++) await writePage(document, page, writer);
    } finally {
      await document.loadingTask.destroy();
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('note.unreadable', 'data');
  }
  const text = writer.text();
  if (text === '') throw new Refusal('note.no-text-layer', 'data');
  return text;
}

/** Lines are this many times their height apart at least, where a paragraph ends. */
const PARAGRAPH = 1.7;

async function writePage(document: PdfDocument, number: number, writer: TextWriter): Promise<void> {
  const page = await document.getPage(number);
  const { items } = await page.getTextContent();
  writer.paragraph();
  let lastBaseline: number | undefined;
  for (const item of items) {
    if (!('str' in item)) continue;
    if (item.str.trim() !== '') {
      const baseline = Number(item.transform[5]);
      const isFar = lastBaseline !== undefined && Math.abs(lastBaseline - baseline) > PARAGRAPH * item.height;
      if (isFar && item.height > 0) writer.paragraph();
      lastBaseline = baseline;
    }
    writer.words(item.str);
    if (item.hasEOL) writer.line();
  }
  page.cleanup();
}

/** The most bytes that one compressed part may unfold to, and all together; pictures, which no text comes of, apart. */
const UNFOLDED = LARGEST;
const UNFOLDED_TOGETHER = 4 * LARGEST;

/** Inflates every part once with a limit before the reader does so without one: a small file can hold gigabytes. */
function refuseBomb(bytes: Uint8Array): void {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let left = UNFOLDED_TOGETHER;
  for (let at = source.indexOf('stream'); at >= 0; at = source.indexOf('stream', at)) {
    const isPicture = source.subarray(Math.max(0, at - DICTIONARY), at).includes('/Image');
    at += 'stream'.length;
    const end = source.indexOf('endstream', at);
    if (end < 0) return;
    const start = at + (source[at] === RETURN ? 2 : 1);
    const size = start < end ? unfolded(source.subarray(start, end), Math.min(left, UNFOLDED)) : 0;
    if (!isPicture) left -= size;
    at = end + 'endstream'.length;
  }
}

const DICTIONARY = 400;
const RETURN = 13;
const ZLIB = 0x78;

/** The bytes that a part unfolds to; what was compressed twice counts twice. */
function unfolded(part: Buffer, limit: number): number {
  if (part[0] !== ZLIB) return 0;
  try {
    const whole = inflateSync(part, { maxOutputLength: Math.max(1, limit) });
    return whole.length + unfolded(whole, limit - whole.length);
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal('note.too-large', 'data');
    return 0;
  }
}
