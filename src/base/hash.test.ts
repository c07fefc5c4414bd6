import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, sha256, sha256File } from './hash.ts';

test('sha256 is that of the UTF-8 bytes, of a file as of its text', async () => {
  expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(sha256('é')).toBe(sha256(new TextEncoder().encode('é')));
  const folder = mkdtempSync(join(tmpdir(), 'chartproof-hash-'));
  try {
    const text = 'ü'.repeat(200_000);
    writeFileSync(join(folder, 'file'), text);
    expect(await sha256File(join(folder, 'file'))).toBe(sha256(text));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('canonicalJson sorts the keys at every depth and keeps the order of lists', () => {
  expect(canonicalJson({ b: [{ d: 1, c: null }, 2], a: { 10: 'x', 9: 'y', Z: 1, a: 2 }, gone: undefined })).toBe(
    '{"a":{"9":"y","10":"x","Z":1,"a":2},"b":[{"c":null,"d":1},2]}',
  );
});

test('canonicalJson is the same for equal values however their keys came in, and reads back as the value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.integer(), (value, seed) => {
      expect(canonicalJson(shuffled(value, seed))).toBe(canonicalJson(value));
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

/** The same value with the keys of its objects in another order. */
function shuffled(value: unknown, seed: number): unknown {
  if (Array.isArray(value)) return value.map((inner) => shuffled(inner, seed));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, shuffled(inner, seed)] as const);
  const by = ([key]: readonly [string, unknown]): string => sha256(`${seed}${key}`);
  return Object.fromEntries(entries.sort((a, b) => (by(a) < by(b) ? -1 : 1)));
}
