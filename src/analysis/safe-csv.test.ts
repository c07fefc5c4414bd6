import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asWritten, inert, safeCsv } from './safe-csv.ts';

test('a text that begins as a formula gets an apostrophe, a number none', () => {
  expect(['=1+1', '+SUM(A1)', '-cmd', '@x', '\tx', '\r=1', '＝1', "'=1", '-5', '+2.5', 'a=b', ''].map(inert)).toEqual([
    "'=1+1",
    "'+SUM(A1)",
    "'-cmd",
    "'@x",
    "'\tx",
    "'\r=1",
    "'＝1",
    "''=1",
    '-5',
    '+2.5',
    'a=b',
    '',
  ]);
  expect(safeCsv(['=a', 'b'], [['=HYPERLINK("x")', -5]])).toBe(`'=a,b\n"'=HYPERLINK(""x"")",-5\n`);
});

test('no cell of a file begins a formula, and every text can be had back', () => {
  const hostile = fc.tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', "'", '＝', '', ' '), fc.string());
  fc.assert(
    fc.property(
      fc.array(
        hostile.map((parts) => parts.join('')),
        { minLength: 1 },
      ),
      (texts) => {
        const [, ...rows]: string[][] = parse(
          safeCsv(
            ['text', 'end'],
            texts.map((text) => [text, '|']),
          ),
        );
        const cells = rows.map(([cell = '']) => cell);
        expect(cells.filter((cell) => /^[=+\-@\t\r＝]/.test(cell) && Number.isNaN(Number(cell)))).toEqual([]);
        expect(cells.map(asWritten)).toEqual(texts);
      },
    ),
  );
});
