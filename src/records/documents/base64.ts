import { Refusal } from '../quarantine-reasons.ts';

/** The bytes of base64, with or without white space in it. Refused as `note.unreadable` where it is none. */
export function bytesOfBase64(data: string): Buffer {
  const bytes = Buffer.from(data, 'base64');
  // Node skips what is not base64: then fewer bytes come out than the letters promise.
  if (bytes.length === Buffer.byteLength(data, 'base64')) return bytes;
  const dense = data.replace(/\s+/g, '');
  if (bytes.length !== Buffer.byteLength(dense, 'base64')) throw new Refusal('note.unreadable', 'data');
  return bytes;
}
