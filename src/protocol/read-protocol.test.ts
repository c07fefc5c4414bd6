import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ChartproofError } from '../base/index.ts';
import { GOUT, goutStudy } from './gout.test-support.ts';
import { readProtocol } from './parse.ts';

describe('readProtocol', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'chartproof-protocol-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function failure(name: string, content?: string | Uint8Array): ChartproofError {
    const path = join(folder, name);
    if (content !== undefined) writeFileSync(path, content);
    try {
      readProtocol(path);
    } catch (error) {
      if (error instanceof ChartproofError) return error;
      throw error;
    }
    throw new Error('the file was read');
  }

  test('[R8] a file that is not there, a folder, an empty file, no text', () => {
    mkdirSync(join(folder, 'study'));
    expect(failure('none.yaml')).toMatchObject({ code: 'protocol.missing-file', tip: 'Check the path.' });
    expect(failure('study')).toMatchObject({ code: 'protocol.not-a-file' });
    expect(failure('empty.yaml', '').problems).toEqual([
      expect.objectContaining({
        code: 'protocol.wrong-type',
        message: 'The file is empty; it should be a map of keys and values.',
      }),
    ]);
    expect(failure('comment.yaml', '# nothing\n').problems).toHaveLength(1);
    expect(
      failure(
        'garbage.yaml',
        Uint8Array.from({ length: 5000 }, (_, at) => (at * 7919) % 256),
      ),
    ).toMatchObject({ code: 'protocol.not-text' });
    expect(failure('word.yaml', Buffer.from(GOUT, 'utf16le'))).toMatchObject({
      code: 'protocol.not-text',
      tip: 'Save it as a text file in UTF-8.',
    });
    expect(failure('latin.yaml', Buffer.from('title: Sjögren\n', 'latin1'))).toMatchObject({
      code: 'protocol.not-text',
    });
  });

  test('[R8] a byte order mark and the line ends of Windows do no harm', () => {
    writeFileSync(join(folder, 'windows.yaml'), `\uFEFF${GOUT.replaceAll('\n', '\r\n')}`);
    expect(readProtocol(join(folder, 'windows.yaml'))).toEqual(goutStudy());
  });
});
