import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvText } from './csv-text.ts';

const text = fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', ';', ' ', 'a', 'é', '=') });
const cell = fc.oneof(text, fc.double(), fc.integer(), fc.boolean(), fc.constant(null), fc.constant(undefined));
const table = fc
  .integer({ min: 2, max: 4 })
  .chain((width) =>
    fc.tuple(
      fc.array(text, { minLength: width, maxLength: width }),
      fc.array(fc.array(cell, { minLength: width, maxLength: width })),
    ),
  );

test('[R10] a table as CSV is what a library writes, and reads back as its cells', () => {
  fc.assert(
    fc.property(table, ([header, rows]) => {
      const written = csvText(header, rows);
      const all = [header, ...rows];
      expect(written).toBe(
        stringify(
          all.map((row) => [...row]),
          { cast: { boolean: String } },
        ),
      );
      const cells = all.map((row) => row.map((one) => (one === undefined || one === null ? '' : String(one))));
      expect(parse(written, { record_delimiter: '\n' })).toEqual(cells);
    }),
  );
});
