import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** SHA-256 of text (as UTF-8) or bytes, hexadecimal. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** SHA-256 of a file, read as a stream. */
export async function sha256File(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}

/** JSON with the keys of every object sorted, so that equal values have equal text (and equal hashes). */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(inKeyOrder(value));
}

function inKeyOrder(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(inKeyOrder);
  if ('toJSON' in value && typeof value.toJSON === 'function') return inKeyOrder(value.toJSON());
  // Not by assignment: a key may be `__proto__`.
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, inKeyOrder((value as Record<string, unknown>)[key])]),
  );
}
