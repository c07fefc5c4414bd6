import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { syncFolder } from '../../base/index.ts';
import { appendLine } from './append-line.ts';

vi.mock('../../base/index.ts', async (original) => ({ ...(await original<object>()), syncFolder: vi.fn() }));

const dir = mkdtempSync(join(tmpdir(), 'chartproof-append-'));
afterAll(() => rmSync(dir, { recursive: true }));
beforeEach(() => vi.mocked(syncFolder).mockClear());

describe('a line that is added', () => {
  test('[R118] brings the folders to the disk where the file is new, and only there', () => {
    const path = join(dir, 'new', 'lines.ndjson');
    appendLine(path, { a: 1 });
    expect(vi.mocked(syncFolder).mock.calls).toEqual([[join(dir, 'new')], [dir]]);
    appendLine(path, { a: 2 });
    expect(syncFolder).toHaveBeenCalledTimes(2);
    expect(readFileSync(path, 'utf8')).toBe('{"a":1}\n{"a":2}\n');
  });

  test.each([
    ['{"a":1}\n', '{"a":1}\n{"a":2}\n'],
    ['{"a":1}', '{"a":1}\n{"a":2}\n'],
    ['{"a":1}\n{"a', '{"a":1}\n{"a\n{"a":2}\n'],
    ['', '{"a":2}\n'],
  ])('[R118] after %j is a line of its own', (before, after) => {
    const path = join(dir, 'lines.ndjson');
    writeFileSync(path, before);
    appendLine(path, { a: 2 });
    expect(readFileSync(path, 'utf8')).toBe(after);
  });
});
