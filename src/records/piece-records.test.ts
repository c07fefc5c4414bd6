import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { sha256 } from '../base/index.ts';
import { recordsOf } from './piece-records.ts';
import { cutFiles, type Piece } from './pieces.ts';

const folder = mkdtempSync(join(tmpdir(), 'chartproof-pieces-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Seen {
  readonly line: number;
  readonly version: number;
  readonly said: string;
}

/** All records of files in the order of their pieces, cut at about `size` bytes. */
async function records(files: Readonly<Record<string, string | Buffer>>, size?: number): Promise<Seen[]> {
  const inputs = Object.entries(files).map(([name, content]) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return { path, name, bytes: Buffer.byteLength(content) };
  });
  const pieces: Piece[] = [];
  for await (const cut of cutFiles(inputs, 0, size)) {
    expect(cut.input.sha256).toBe(sha256(Buffer.from(files[cut.input.name] ?? '')));
    pieces.push(...cut.pieces);
  }
  const seen: Seen[] = [];
  for (const piece of pieces) {
    for await (const block of recordsOf(piece)) {
      for (const record of block) {
        seen.push({ line: record.line, version: piece.firstVersion + record.offset, said: record.bytes.toString() });
      }
    }
  }
  return seen;
}

const ids = (seen: readonly Seen[]): unknown[] => seen.map(({ said }) => JSON.parse(said).id);

describe('the records of files', () => {
  test('[R37] wherever a file is cut, its lines are the same, with their numbers, and versions grow', async () => {
    const line = fc
      .oneof(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.constant(''))
      .map((text) => text.replace(/[\r\n]/g, ''));
    const end = fc.constantFrom('\n', '\r\n');
    const file = fc.array(fc.tuple(line, end), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(file, file, fc.integer({ min: 1, max: 80 }), async (one, two, size) => {
        const content = (lines: typeof one) => lines.map((parts) => parts.join('')).join('');
        const seen = await records({ 'a.ndjson': content(one), 'b.ndjson': content(two) }, size);
        const expected = [one, two].flatMap((lines) =>
          lines.flatMap(([text], at) => (text.trim() === '' ? [] : { line: at + 1, said: text })),
        );
        const plain = seen.map(({ line, said }) => ({ line, said: String(said).replace(/\r$/, '') }));
        expect(plain.map(({ said }) => said.replace(/^\uFEFF/, ''))).toEqual(
          expected.map(({ said }) => said.replace(/^\uFEFF/, '')),
        );
        expect(plain.map(({ line }) => line)).toEqual(expected.map(({ line }) => line));
        expect(seen.every(({ version }, at) => at === 0 || version > (seen[at - 1]?.version ?? 0))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test('[R37] a compressed file has the records of the plain one', async () => {
    const lines = Array.from({ length: 5000 }, (_, id) => JSON.stringify({ resourceType: 'Patient', id: `p${id}` }));
    const plain = await records({ 'a.ndjson': lines.join('\n') });
    const packed = await records({ 'a.ndjson.gz': gzipSync(lines.join('\n')) });
    expect(packed.map(({ line, said }) => ({ line, said }))).toEqual(plain.map(({ line, said }) => ({ line, said })));
  });

  test('a compressed file that is cut off is an error with its place', async () => {
    const packed = gzipSync('{}\n'.repeat(100_000)).subarray(0, 100);
    await expect(records({ 'cut.ndjson.gz': packed })).rejects.toMatchObject({
      code: 'base.damaged-file',
      place: { file: join(folder, 'cut.ndjson.gz') },
    });
    await expect(records({ 'cut.json.gz': packed })).rejects.toMatchObject({ code: 'base.damaged-file' });
  });

  test('[R38] a Bundle is its entries, a list its items, anything else is itself', async () => {
    const bundle = {
      resourceType: 'Bundle',
      type: 'collection',
      entry: ['a', 'b'].map((id) => ({ resource: { resourceType: 'Patient', id } })),
    };
    expect(ids(await records({ 'b.json': JSON.stringify(bundle, null, 2) }))).toEqual(['a', 'b']);
    expect((await records({ 'b.json': JSON.stringify(bundle) })).map(({ line }) => line)).toEqual([1, 2]);
    expect(ids(await records({ 'b.json.gz': gzipSync(`\uFEFF${JSON.stringify(bundle)}`) }))).toEqual(['a', 'b']);
    expect(ids(await records({ 'one.json': JSON.stringify({ resourceType: 'Patient', id: 'x' }) }))).toEqual(['x']);
    expect(ids(await records({ 'list.json': '[{"id":"1"},{"id":"2"}]' }))).toEqual(['1', '2']);
    // A Bundle in a line, nested once more; the line after it is line 2.
    const nested = {
      resourceType: 'Bundle',
      entry: [{ resource: bundle }, { resource: { resourceType: 'Patient', id: 'c' } }],
    };
    const seen = await records({ 'b.ndjson': `${JSON.stringify(nested)}\n{"id":"after"}` });
    expect(ids(seen)).toEqual(['a', 'b', 'c', 'after']);
    expect(seen.map(({ line }) => line)).toEqual([1, 1, 1, 2]);
    expect(new Set(seen.map(({ version }) => version)).size).toBe(4);
    // Nothing vanishes: a Bundle without entries, an entry without a resource.
    expect(ids(await records({ 'empty.json': '{"resourceType":"Bundle","id":"e"}' }))).toEqual(['e']);
    expect(await records({ 'gap.json': '{"resourceType":"Bundle","entry":[{"fullUrl":"x"}]}' })).toHaveLength(1);
  });

  test('an entry that is nested without end costs no other', async () => {
    const deep = `${'['.repeat(50_000)}1${']'.repeat(50_000)}`;
    const bundle = `{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"a","x":${deep}}},{"resource":{"resourceType":"Patient","id":"b"}}]}`;
    const seen = await records({ 'deep.json': bundle });
    expect(seen.map(({ line }) => line)).toEqual([1, 2]);
    expect(ids(seen.slice(1))).toEqual(['b']);
  });

  test('a compressed file without line ends is refused before it fills the memory', async () => {
    const blank = gzipSync(Buffer.alloc(300 << 20, ' '), { level: 1 });
    await expect(records({ 'blank.ndjson.gz': blank })).rejects.toMatchObject({ code: 'base.line-too-long' });
  });

  test('a file that is called .json and has a resource a line is read by lines', async () => {
    expect(ids(await records({ 'lines.json': '{"id":"1"}\n{"id":"2"}\n' }))).toEqual(['1', '2']);
  });
});
