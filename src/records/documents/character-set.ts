import { isUtf8 } from 'node:buffer';
import { Refusal } from '../quarantine-reasons.ts';

/**
 * Bytes as text, in the character set that is named; UTF-8 where none is. A byte order mark goes before any name, and is
 * left out. Refused as `note.unreadable` where the bytes are not of that set, or nobody knows it: no letter is guessed.
 */
export function decodedText(bytes: Uint8Array, charset: string | undefined): string {
  const set = markedSet(bytes) ?? charset ?? 'utf-8';
  if (UTF8.has(set)) {
    if (!isUtf8(bytes)) throw new Refusal('note.unreadable', 'data');
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
    return text.charCodeAt(0) === MARK ? text.slice(1) : text;
  }
  try {
    return new TextDecoder(set, { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal('note.unreadable', 'contentType');
  }
}

/** The character set that stands in the head of an HTML page or an XML document, in ASCII. */
export function declaredSet(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, HEAD)).toString('latin1');
  return (XML_DECLARATION.exec(head) ?? META.exec(head))?.[1]?.toLowerCase();
}

const UTF8: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'us-ascii', 'ascii']);
const MARK = 0xfeff;
const HEAD = 1024;
const XML_DECLARATION = /^\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)["']/i;
const META = /<meta\s[^>]{0,200}?charset\s*=\s*["']?([\w.:-]+)/i;

function markedSet(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}
