import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { csvRecords } from './csv-records.ts';

const dir = mkdtempSync(join(tmpdir(), 'chartproof-csv-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** The records as `[line, cells]`; cells of an unreadable one are `null`. */
async function read(text: string, delimiter = ','): Promise<[number, readonly string[] | null][]> {
  const path = join(dir, 'table.csv');
  writeFileSync(path, text);
  const records: [number, readonly string[] | null][] = [];
  for await (const { line, cells } of csvRecords(path, delimiter)) records.push([line, cells ?? null]);
  return records;
}

describe('the records of a CSV file', () => {
  test('have the number of the line where they begin', async () => {
    expect(await read('\uFEFFa,b\r\n\r\n1,"x\r\ny"\r\n 2 , "z" \r\n3')).toEqual([
      [1, ['a', 'b']],
      [3, ['1', 'x\ny']],
      [5, ['2', 'z']],
      [6, ['3']],
    ]);
  });

  test('are divided by the delimiter that is named', async () => {
    expect(await read('a;b\n1,5;"x;y"', ';')).toEqual([
      [1, ['a', 'b']],
      [2, ['1,5', 'x;y']],
    ]);
  });

  test('[R32] a quote that is never closed costs its own line', async () => {
    const rest = Array.from({ length: 500 }, (_, at) => `${at},ok`);
    const records = await read(['a,b', '1,"open', ...rest].join('\n'));
    expect(records.filter(([, cells]) => cells === null)).toEqual([[2, null]]);
    expect(records).toHaveLength(rest.length + 2);
  });

  test('[R32] so does one at the end, and one in the middle of a cell', async () => {
    expect(await read('1,6" wide\n2,"x"\n3,4\n4,"open\n5,6')).toEqual([
      [1, null],
      [2, ['2', 'x']],
      [3, ['3', '4']],
      [4, null],
      [5, ['5', '6']],
    ]);
  });

  test('what is written is read', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', ' ', ',', '"', '\n', ';', '1'), maxLength: 6 });
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(rows, async (written) => {
        const records = await read(stringify(written, { quoted: true }));
        expect(records.map(([, cells]) => cells)).toEqual(written);
      }),
    );
  });
});
