import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Refusal } from '../quarantine-reasons.ts';
import { readExportFile } from './export-file.ts';
import { LARGEST } from './limits.ts';

let dir = '';
let folder = '';

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'chartproof-export-'));
  folder = join(dir, 'export');
  mkdirSync(join(folder, 'notes'), { recursive: true });
  mkdirSync(join(dir, 'export-of-others'));
  writeFileSync(join(folder, 'notes', '1 a.txt'), 'inside');
  writeFileSync(join(folder, '100%.txt'), 'percent');
  writeFileSync(join(dir, 'secret.txt'), 'outside');
  writeFileSync(join(dir, 'export-of-others', 'secret.txt'), 'outside');
  writeFileSync(join(folder, 'large.txt'), '');
  truncateSync(join(folder, 'large.txt'), LARGEST + 1);
  symlinkSync(join(dir, 'secret.txt'), join(folder, 'link.txt'));
  symlinkSync(dir, join(folder, 'linked'));
  symlinkSync(join(folder, 'notes', '1 a.txt'), join(folder, 'within.txt'));
});

afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function read(url: string): Promise<string> {
  try {
    return (await readExportFile(folder, url)).toString();
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
}

describe('a file beside the export', () => {
  test('[R59] is read by its path in the folder', async () => {
    expect(await read('notes/1 a.txt')).toBe('inside');
    expect(await read('./notes/1%20a.txt')).toBe('inside');
    expect(await read('notes/../100%.txt')).toBe('percent');
    expect(await read(pathToFileURL(join(folder, 'notes', '1 a.txt')).href)).toBe('inside');
    expect(await read('within.txt')).toBe('inside');
  });

  test('[R59] is never one outside of the folder', async () => {
    for (const url of [
      '../secret.txt',
      'notes/../../secret.txt',
      '%2e%2e/secret.txt',
      '..%2Fsecret.txt',
      '../export-of-others/secret.txt',
      join(dir, 'secret.txt'),
      pathToFileURL(join(dir, 'secret.txt')).href,
      `${pathToFileURL(folder).href}/../secret.txt`,
      'file://host/share/secret.txt',
      'C:\\secret.txt',
      '\\\\host\\share',
      'link.txt',
      'linked/secret.txt',
      'linked/export/../secret.txt',
    ])
      expect(await read(url), url).toBe('note.outside');
  });

  test('[R59] that is not there, no file or too large is refused', async () => {
    expect(await read('Binary/1')).toBe('note.missing-file');
    expect(await read('notes')).toBe('note.missing-file');
    expect(await read('notes/1 a.txt/x')).toBe('note.missing-file');
    expect(await read('a\0b')).toBe('note.missing-file');
    expect(await read('x'.repeat(5000))).toBe('note.missing-file');
    expect(await read('large.txt')).toBe('note.too-large');
  });

  test.skipIf(process.platform === 'win32')('[R59] that is a pipe keeps nobody waiting', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe.txt')]);
    expect(await read('pipe.txt')).toBe('note.missing-file');
  });

  test('[R59] of a server is not fetched', async () => {
    for (const url of [
      'https://host.example/Binary/1',
      'HTTP://host.example',
      '//host.example/a',
      'urn:uuid:1',
      'ftp://a',
    ])
      expect(await read(url), url).toBe('note.remote');
  });
});
