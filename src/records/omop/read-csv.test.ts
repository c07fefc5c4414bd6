import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Quarantine } from '../quarantine.ts';
import { openStaging, type Staging } from '../staging.ts';
import { Tally } from '../tally.ts';
import { cellFunctions } from './cell-sql.ts';
import { csv } from './omop.test-support.ts';
import { readCsv } from './read-csv.ts';

const dir = mkdtempSync(join(tmpdir(), 'chartproof-csv-'));
let staging: Staging;
let connection: DuckDBConnection;
beforeAll(async () => {
  staging = await openStaging(join(dir, 'staging'));
  connection = staging.connection;
  for (const statement of cellFunctions) await connection.run(statement);
});
afterAll(() => {
  staging.close();
  rmSync(dir, { recursive: true });
});

/** What the scan counts in a file of two columns, and what DuckDB reads of it. */
async function read(text: string, table: string) {
  const path = join(dir, `${table}.csv`);
  writeFileSync(path, text);
  const tally = new Tally();
  const sink = { staging, tally, quarantine: new Quarantine(join(dir, 'quarantine')), parent: undefined };
  const file = { path, name: 'x', table, sha256: '', bytes: 0 };
  const { rows, sound, cells = '' } = await readCsv(file, ['a', 'b'], 1, sink, () => undefined);
  const found = (
    await connection.runAndReadAll(`SELECT "cell a", "cell b" FROM (${cells}) ORDER BY version`)
  ).getRows();
  return { rows, sound, found, refused: tally.byType(new Map())[table]?.quarantined ?? 0 };
}

const letter = fc.constantFrom('1', ',', ',', '"', '\n', '\n', 'x', '\r', ' ', '\t', "'", '\\', 'é', '\0');

test('[R122] DuckDB reads as many records as the scan counted, whatever the file holds', async () => {
  const body = fc.string({ unit: letter, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(
      body,
      fc.constantFrom('death', 'concept'),
      fc.constantFrom(',', '\t'),
      async (text, table, tab) => {
        const { rows, sound, found, refused } = await read(`a${tab}b\n${text.replaceAll(',', tab)}`, table);
        expect(found.length).toBe(sound);
        expect(sound + refused).toBe(rows);
      },
    ),
    { numRuns: 200 },
  );
}, 120_000);

test('[R126] cells come through letter by letter, quotes, line breaks and carriage returns', async () => {
  const cell = fc.string({ unit: letter.filter((each) => each !== '\0'), maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom('1', '2'), cell), { minLength: 1, maxLength: 9 }),
      async (rows) => {
        const { found } = await read(csv({ columns: ['a', 'b'], rows }), 'death');
        expect(found).toEqual(rows.map(([a, b]) => [a, b === '' ? null : b]));
      },
    ),
    { numRuns: 200 },
  );
}, 120_000);
