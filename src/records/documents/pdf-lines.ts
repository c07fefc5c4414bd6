import type { getDocumentProxy } from 'unpdf';
import { Refusal } from '../quarantine-reasons.ts';
import { TextWriter } from './text-writer.ts';

type PdfDocument = Awaited<ReturnType<typeof getDocumentProxy>>;

/** The text layer of a PDF, whatever memory and time it takes; it takes the bytes away. See `pdfText`. */
export async function pdfLines(bytes: Uint8Array): Promise<string> {
  const pdf = await import('unpdf');
  const writer = new TextWriter();
  try {
    // It says nothing, since its warnings quote the document.
    const settings = { verbosity: 0, useSystemFonts: false, disableFontFace: true, isOffscreenCanvasSupported: false };
    const document = await pdf.getDocumentProxy(bytes, settings);
    try {
      for (let page = 1; page <= document.numPages; page++) await writePage(document, page, writer);
    } finally {
      await document.loadingTask.destroy();
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('note.unreadable', 'data');
  }
  return writer.text();
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
