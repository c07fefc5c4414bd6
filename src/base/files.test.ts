import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Line, readLines, writeFileAtomic } from './files.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chartproof-files-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function linesOf(content: string | Uint8Array): Promise<Line[]> {
  const path = join(folder, 'lines.txt');
  writeFileSync(path, content);
  return all(readLines(path));
}

async function all(lines: AsyncIterable<Line>): Promise<Line[]> {
  const found: Line[] = [];
  for await (const line of lines) found.push(line);
  return found;
}

const texts = (lines: readonly Line[]): string[] => lines.map((line) => line.text);

describe('readLines', () => {
  test('line ends are those of Unix and of Windows; a last line without one counts', async () => {
    expect(await linesOf('a\r\n\nb\rc\nd')).toEqual([
      { text: 'a', number: 1, bytesRead: 3 },
      { text: '', number: 2, bytesRead: 4 },
      { text: 'b\rc', number: 3, bytesRead: 8 },
      { text: 'd', number: 4, bytesRead: 9 },
    ]);
    expect(texts(await linesOf('a\n'))).toEqual(['a']);
    expect(texts(await linesOf('a\r'))).toEqual(['a']);
    expect(await linesOf('')).toEqual([]);
    expect(texts(await linesOf('\n'))).toEqual(['']);
  });

  test('letters of several bytes and line ends are whole across the borders of chunks', async () => {
    const chunk = 1 << 20;
    for (const before of [chunk - 1, chunk - 2, chunk - 3, chunk - 4]) {
      const first = 'x'.repeat(before);
      expect(texts(await linesOf(`${first}é😀\r\nnext\n`))).toEqual([`${first}é😀`, 'next']);
      expect(texts(await linesOf(`${first}\r\nnext\r\n`))).toEqual([first, 'next']);
    }
  });

  test('a line of many chunks is whole', async () => {
    const long = 'gout '.repeat(12 << 20);
    const lines = await linesOf(`${long}\nafter`);
    expect(lines.map(({ text, number }) => [text.length, number])).toEqual([
      [long.length, 1],
      [5, 2],
    ]);
    expect(lines[0]?.text === long).toBe(true);
    expect(lines.at(-1)?.bytesRead).toBe(long.length + 6);
  });

  test('is what splitting the whole text gives', async () => {
    const part = fc.oneof(fc.constantFrom('\n', '\r\n', '\r', 'é', '😀', '\uFEFF'), fc.string({ unit: 'binary' }));
    await fc.assert(
      fc.asyncProperty(fc.array(part), async (parts) => {
        const content = Buffer.from(parts.join('')).toString();
        const naive = content.split('\n').map((line) => line.replace(/\r$/, ''));
        if (content === '' || content.endsWith('\n')) naive.pop();
        const lines = await linesOf(content);
        expect(texts(lines)).toEqual(naive);
        expect(lines.at(-1)?.bytesRead ?? 0).toBe(Buffer.byteLength(content));
      }),
    );
  });

  test('a reader that stops early leaves the file closed', async () => {
    const path = join(folder, 'lines.txt');
    writeFileSync(path, 'a\n'.repeat(1 << 20));
    const open = (): number => readdirSync('/proc/self/fd').length;
    const before = process.platform === 'linux' ? open() : 0;
    for await (const line of readLines(path)) if (line.number === 2) break;
    expect(process.platform === 'linux' ? open() : 0).toBe(before);
  });

  test('a file that is not there is an error', async () => {
    await expect(all(readLines(join(folder, 'none')))).rejects.toThrow('ENOENT');
  });
});

describe('writeFileAtomic', () => {
  test('makes the folders, replaces the content, leaves nothing beside it', () => {
    const path = join(folder, 'a', 'b', 'file.json');
    writeFileAtomic(path, 'old');
    writeFileAtomic(path, new TextEncoder().encode('new é'));
    expect(readFileSync(path, 'utf8')).toBe('new é');
    expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['file.json']);
  });

  test('when the content cannot be written, the old one stands and nothing is beside it', () => {
    const path = join(folder, 'file.json');
    writeFileAtomic(path, 'old');
    expect(() => writeFileAtomic(path, { not: 'text' } as unknown as string)).toThrow(TypeError);
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['file.json']);
  });

  test('when the new content cannot take its place, nothing is beside it', () => {
    const path = join(folder, 'taken');
    mkdirSync(path);
    writeFileSync(join(path, 'inside'), 'x');
    expect(() => writeFileAtomic(path, 'new')).toThrow();
    expect(readdirSync(folder)).toEqual(['taken']);
    expect(readdirSync(path)).toEqual(['inside']);
  });

  test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'in a folder that may not be written (skipped for the superuser, who may), the old content stands',
    () => {
      const path = join(folder, 'closed', 'file.json');
      writeFileAtomic(path, 'old');
      chmodSync(join(folder, 'closed'), 0o500);
      try {
        expect(() => writeFileAtomic(path, 'new')).toThrow('EACCES');
        expect(readFileSync(path, 'utf8')).toBe('old');
      } finally {
        chmodSync(join(folder, 'closed'), 0o700);
      }
    },
  );
});
