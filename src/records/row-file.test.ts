import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDuckDb } from './duckdb.ts';
import { rowsInBatches } from './open-records.ts';
import { cells, RowFile, readRows, type Values } from './row-file.ts';

const columns = { id: 'BIGINT', n: 'INTEGER', x: 'DOUBLE', day: 'DATE', text: 'VARCHAR', file: 'VARCHAR' } as const;
const folder = mkdtempSync(join(tmpdir(), 'chartproof-rows-'));
let connection: Awaited<ReturnType<Awaited<ReturnType<typeof openDuckDb>>['connect']>>;

beforeAll(async () => {
  connection = await (await openDuckDb(':memory:', { memory: '500MB', threads: 2 }, folder)).connect();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Text that makes trouble for CSV, and any other. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', '\\', "'", ' ', '\t', '\0', 'é', '😀', 'a', '\uD800') }),
);
const row = fc.record({
  id: fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String)),
  n: fc.option(fc.integer()),
  x: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0)),
  day: fc.option(
    fc
      .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
      .map((day) => day.toISOString().slice(0, 10)),
  ),
  text: fc.option(text),
});

async function throughFiles(files: readonly (readonly Values[])[], last: string): Promise<Record<string, unknown>[]> {
  const written = files.map((rows, at) => {
    const { file: _, ...own } = columns;
    const file = new RowFile(join(folder, `${at}.csv`), own);
    for (const [line, values] of rows.entries()) file.append(at * 1000 + line, values, cells(last));
    return file.close();
  });
  const all: Record<string, unknown>[] = [];
  for await (const batch of rowsInBatches(connection, `SELECT * FROM ${readRows(written, columns)}`))
    all.push(...batch);
  return all;
}

describe('files of rows', () => {
  test('[R5] every value comes back as it was, but for what UTF-8 text cannot hold, in the order of the files', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(row, { maxLength: 20 }), { minLength: 1, maxLength: 3 }),
        text,
        async (files, last) => {
          const kept = (value: string): string => value.toWellFormed().replaceAll('\0', '\uFFFD');
          const expected = files.flatMap((rows, at) =>
            rows.map((values, line) => ({
              version: String(at * 1000 + line),
              ...values,
              text: values.text === null ? null : kept(values.text),
              file: kept(last),
            })),
          );
          expect(await throughFiles(files, last)).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a row may be longer than any buffer', async () => {
    const long = 'ä"\n'.repeat(3_000_000);
    const rows = [{ text: 'before' }, { text: long }, { text: 'after' }];
    const read = await throughFiles([rows], 'x');
    expect(read.map((one) => one.text === long || one.text)).toEqual(['before', true, 'after']);
  });
});
