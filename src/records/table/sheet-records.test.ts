import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { sheetRecords } from './sheet-records.ts';
import { type SheetRows, writeSpreadsheet } from './spreadsheet.test-support.ts';

const dir = mkdtempSync(join(tmpdir(), 'chartproof-sheet-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** The records as `[row, cells]`, with the kinds of the cells where they have some. */
async function read(rows: SheetRows, sheet?: string) {
  const path = join(dir, 'table.xlsx');
  writeSpreadsheet(path, { Registry: rows, Other: { 1: ['x'] } });
  const records: unknown[][] = [];
  for await (const { line, cells = [], kinds = [] } of sheetRecords(path, sheet)) {
    const known = kinds.slice(0, cells.length);
    records.push(known.some((kind) => kind !== undefined) ? [line, cells, known] : [line, cells]);
  }
  return records;
}

describe('the rows of a sheet', () => {
  test('[R103] have the numbers of the sheet, and its first sheet is read unless another is named', async () => {
    const rows = { 2: ['id', 'name'], 3: ['1', ' Katz '], 7: ['2', null], 8: [null, 'b', 'beyond'] };
    expect(await read(rows)).toEqual([
      [2, ['id', 'name']],
      [3, ['1', 'Katz']],
      [7, ['2', '']],
      [8, ['', 'b', 'beyond']],
    ]);
    expect(await read(rows, 'Other')).toEqual([[1, ['x']]]);
  });

  test('[R104] a date is the day that it is, a formula what was stored with it, an error its own text', async () => {
    const cells = [
      { serial: '41703' },
      { serial: '41703.5' },
      { serial: '0.25' },
      { formula: 'A1&amp;B1', result: 'a<b' },
      { formula: 'now()' },
      { error: '#N/A' },
      { number: '5' },
    ];
    expect(await read({ 1: ['a', 'b', 'c', 'd', 'e', 'f', 'g'], 2: cells })).toEqual([
      [1, ['a', 'b', 'c', 'd', 'e', 'f', 'g']],
      [
        2,
        ['2014-03-05', '2014-03-05T12:00:00', '06:00:00', 'a<b', '', '#N/A', '5'],
        ['date', 'date', undefined, undefined, undefined, undefined, 'number'],
      ],
    ]);
  });

  test.each([
    ['709.29999999999995', '709.3'],
    ['1E+15', '1000000000000000'],
    ['12345678901234567', '12345678901234567'],
    ['1E-7', '0.0000001'],
    ['-3.50', '-3.5'],
  ])('[R104] the number %s is the text %s', async (number, text) => {
    expect(await read({ 1: ['a'], 2: [{ number }] })).toEqual([
      [1, ['a']],
      [2, [text], ['number']],
    ]);
  });

  test('[R104] what is written is read, whatever stands in it', async () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'é', ' ', '<', '&', '"', '\n', '0', '\u{1F642}'),
      maxLength: 9,
    });
    const rows = fc.array(
      fc.array(
        cell.map((text) => `x${text}x`),
        { minLength: 3, maxLength: 3 },
      ),
      { minLength: 1, maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(rows, async (written) => {
        const records = await read(Object.fromEntries(written.map((cells, at) => [at + 1, cells])));
        expect(records).toEqual(written.map((cells, at) => [at + 1, cells]));
      }),
      { numRuns: 30 },
    );
  });

  test('many rows are read to the last', async () => {
    const rows = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, at) => [at + 1, [`row ${at + 1} & more`, { number: `${at}` }]]),
    );
    const records = await read(rows);
    expect(records.map(([line, cells]) => [line, cells])).toEqual(
      Array.from({ length: 20_000 }, (_, at) => [at + 1, [`row ${at + 1} & more`, `${at}`]]),
    );
  });
});

describe('a spreadsheet that cannot be read is an error', () => {
  test('without the sheet, which tells the sheets that there are', async () => {
    await expect(read({ 1: ['a'] }, 'Registy')).rejects.toMatchObject({
      code: 'mapping.unknown-sheet',
      tip: 'Its sheets: `Registry`, `Other`.',
    });
  });

  test('that is none, or too large', async () => {
    const first = (path: string, largest?: number) => sheetRecords(path, undefined, largest).next();
    const none = join(dir, 'none.xlsx');
    writeFileSync(none, 'PK');
    await expect(first(none)).rejects.toMatchObject({ code: 'records.damaged-file' });
    const large = join(dir, 'large.xlsx');
    writeSpreadsheet(large, { Registry: { 1: ['a'.repeat(2000)] } });
    await expect(first(large)).resolves.toMatchObject({ value: { line: 1 } });
    const tooLarge = { code: 'records.too-large', tip: expect.stringContaining('CSV') };
    await expect(first(large, 2000)).rejects.toMatchObject(tooLarge);
  });

  test('[R103] whose cells reach too far, by one that was left somewhere, which tells how far', async () => {
    const table = { 1: ['a', 'b'], 2: ['1', '2'] };
    const stray = { ...table, 1048576: [{ at: 'XFD1048576', text: 'x' }] };
    await expect(read(stray)).rejects.toMatchObject({
      code: 'records.too-large',
      message: expect.stringContaining('column XFD and row 1048576'),
      place: { line: 1048576 },
      tip: expect.stringContaining('stray'),
    });
    const apart = { ...table, 1: ['a', 'b', { at: 'ZZ1', text: 'x' }], 9000: [{ at: 'A9000', text: 'x' }] };
    await expect(read(apart)).rejects.toMatchObject({ code: 'records.too-large' });
    await expect(read({ ...table, 99999999: [] })).rejects.toMatchObject({ code: 'records.too-large' });
  });
});

describe('a sheet is read that', () => {
  const table = { 1: ['a', 'b'], 2: ['1', '2'] };
  const said = [
    [1, ['a', 'b']],
    [2, ['1', '2']],
  ];

  test('has formatted cells far beyond its table', async () => {
    expect(await read({ ...table, 1048576: [{ at: 'XFD1048576' }] })).toEqual(said);
  });

  test('stands beside another that reaches too far', async () => {
    const path = join(dir, 'beside.xlsx');
    writeSpreadsheet(path, { Registry: table, Other: { 1048576: [{ at: 'XFD1048576', text: 'x' }] } });
    const records: unknown[][] = [];
    for await (const { line, cells } of sheetRecords(path, 'Registry')) records.push([line, cells]);
    expect(records).toEqual(said);
    await expect(sheetRecords(path, 'Other').next()).rejects.toMatchObject({ code: 'records.too-large' });
  });
});
