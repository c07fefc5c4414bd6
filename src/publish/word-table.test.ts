import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnWidths } from './word-table.ts';

test('[R7] the columns of a Word table fill the page, and no word is parted where the words of all columns fit', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 9 });
  const text = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 7 }), text, (columns, label) => {
      const line = { label, letters: [], depth: 0, cells: columns.map(([, cell]) => cell) };
      const width = columnWidths(
        columns.map(([head]) => head),
        [line],
        true,
      );
      const all = [label, ...columns.map(([head, cell]) => `${head} ${cell}`)];
      const widths = all.map((_, at) => width(at));
      expect(widths.reduce((sum, one) => sum + one, 0)).toBeCloseTo(100, 6);
      // 0.8 percent of a page across is a letter of 10 points.
      const words = all.map((one) => Math.max(...one.split(' ').map(({ length }) => length)));
      const room = 3 * all.length + words.reduce((sum, letters) => sum + letters * 0.86, 0);
      if (room <= 100)
        for (const [at, letters] of words.entries()) expect(widths[at]).toBeGreaterThanOrEqual(letters * 0.8);
    }),
  );
});
