import { Refusal } from '../quarantine-reasons.ts';
import { bytesOfBase64 } from './base64.ts';
import { decodedText } from './character-set.ts';
import { LARGEST } from './limits.ts';
import { type DocumentKind, mediaTypeOf } from './media-type.ts';

/**
 * The text of a document: at once where it is plain text, else promised, since the readers of the other kinds are loaded
 * only when there is something to read. The same bytes always give the same text: evidence counts on its characters.
 * Throws, or rejects with, {@link Refusal}: `note.empty`, `note.not-text`, `note.unreadable`, `note.no-text-layer`,
 * `note.too-large`.
 */
export function documentText(bytes: Uint8Array, contentType: string): string | Promise<string> {
  if (bytes.byteLength > LARGEST) throw new Refusal('note.too-large', 'size');
  const { kind, charset } = mediaTypeOf(contentType);
  if (kind === undefined) throw new Refusal('note.not-text', 'contentType');
  if (kind === 'plain') return notEmpty(decodedText(bytes, charset));
  return markedUpText(bytes, kind, charset).then(notEmpty);
}

async function markedUpText(
  bytes: Uint8Array,
  kind: Exclude<DocumentKind, 'plain'>,
  charset: string | undefined,
): Promise<string> {
  switch (kind) {
    case 'html':
      return (await import('./html-text.ts')).htmlText(bytes, charset);
    case 'rtf':
      return (await import('./rtf-text.ts')).rtfText(bytes);
    case 'pdf':
      return (await import('./pdf-text.ts')).pdfText(bytes);
    case 'xml': {
      const text = await (await import('./xml-text.ts')).xmlText(bytes, charset);
      if (typeof text === 'string') return text;
      const inner = text.isBase64 ? bytesOfBase64(text.data) : Buffer.from(text.data);
      // Smaller each time, so that it comes to an end.
      return documentText(inner, text.isBase64 ? text.mediaType : 'text/plain');
    }
  }
}

function notEmpty(text: string): string {
  if (!/\S/.test(text)) throw new Refusal('note.empty', 'data');
  return text;
}
