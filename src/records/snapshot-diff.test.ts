import { tmpdir } from 'node:os';
import type { DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { personIdOf, type SnapshotId, silent } from '../base/index.ts';
import { literal, openDuckDb } from './duckdb.ts';
import { rowsInBatches } from './open-records.ts';
import { condition, newPlace, patient } from './records.test-support.ts';
import { countChanges, diffPersons, diffSnapshots, type RowChanges } from './snapshot-diff.ts';
import { type TableName, tables } from './tables.ts';

type Row = Readonly<Record<string, string | number | null>>;

let connection: DuckDBConnection;
beforeAll(async () => {
  connection = await (await openDuckDb(':memory:', { memory: '200MB', threads: 1 }, tmpdir())).connect();
  for (const schema of ['earlier', 'later']) {
    await connection.run(`CREATE SCHEMA ${schema}`);
    for (const [table, columns] of Object.entries(tables)) {
      const typed = Object.entries(columns).map(([name, type]) => `${name} ${type}`);
      await connection.run(`CREATE TABLE ${schema}.${table} (${typed.join(', ')})`);
    }
  }
});
afterAll(() => connection.closeSync());

/** What the queries count between two lists of rows. */
async function counted(table: TableName, earlier: readonly Row[], later: readonly Row[]): Promise<RowChanges> {
  await fill(`earlier.${table}`, table, earlier);
  await fill(`later.${table}`, table, later);
  const all = async <R>(sql: string) => {
    const rows: R[] = [];
    for await (const batch of rowsInBatches(connection, sql)) rows.push(...(batch as R[]));
    return rows;
  };
  const changes = await countChanges({ all }, table, 'content');
  const ids = await countChanges({ all }, table, 'ids');
  expect(ids).toEqual({ added: changes.added, removed: changes.removed, changed: 0 });
  return changes;
}

async function fill(name: string, table: TableName, rows: readonly Row[]): Promise<void> {
  await connection.run(`DELETE FROM ${name}`);
  const columns = Object.keys(tables[table]);
  const values = rows.map((row) => `(${columns.map((column) => sqlOf(row[column])).join(', ')})`);
  if (values.length > 0) await connection.run(`INSERT INTO ${name} VALUES ${values.join(', ')}`);
}

function sqlOf(value: string | number | null | undefined): string {
  return typeof value === 'string' ? literal(value) : String(value ?? null);
}

/** The same counted one by one: of each key, contents that are on one side only, paired as far as they go. */
function byHand(keys: readonly string[], earlier: readonly Row[], later: readonly Row[]): RowChanges {
  const keyOf = (row: Row) => JSON.stringify(keys.map((key) => row[key] ?? null));
  const total = { added: 0, removed: 0, changed: 0 };
  for (const key of new Set([...earlier, ...later].map(keyOf))) {
    const left = later.filter((row) => keyOf(row) === key).map(contentOf);
    let gone = 0;
    for (const content of earlier.filter((row) => keyOf(row) === key).map(contentOf)) {
      const at = left.indexOf(content);
      if (at < 0) gone += 1;
      else left.splice(at, 1);
    }
    const pairs = Math.min(gone, left.length);
    total.changed += pairs;
    total.added += left.length - pairs;
    total.removed += gone - pairs;
  }
  return total;
}

function contentOf(row: Row): string {
  const said = Object.entries(row).filter(([name]) => !['src_file', 'src_line', 'src_updated'].includes(name));
  return JSON.stringify(said.sort());
}

const few = fc.constantFrom('1', '2', '3', '9223372036854775807');
const text = fc.constantFrom(null, '', 'gout', "o'clock", 'ä');
const place = { src_file: fc.constantFrom('a.ndjson', 'b.ndjson'), src_line: fc.integer({ min: 1, max: 3 }) };
const kinds = [
  {
    table: 'condition_occurrence',
    keys: ['condition_occurrence_id'],
    row: fc.record({
      condition_occurrence_id: few,
      person_id: few,
      condition_start_date: fc.constantFrom(null, '2012-03-05', '2012-03-06'),
      condition_source_value: text,
      condition_status_source_value: text,
      ...place,
    }),
  },
  {
    table: 'coding',
    keys: ['table_name', 'row_id', 'src_id'],
    row: fc.record({
      person_id: fc.constant('1'),
      table_name: fc.constantFrom('condition_occurrence', 'drug_exposure'),
      row_id: few,
      code: text,
      rank: fc.integer({ min: 0, max: 1 }),
      src_id: fc.constantFrom('Condition/1', 'Medication/1'),
      ...place,
    }),
  },
  {
    table: 'measurement',
    keys: ['measurement_id'],
    row: fc.record({ measurement_id: few, value_as_number: fc.constantFrom(null, 0, 0.1, 9.1), operator: text }),
  },
] as const satisfies readonly { table: TableName; keys: readonly string[]; row: fc.Arbitrary<Row> }[];

describe('rows that differ', () => {
  test.each(kinds)('[R90] of $table are counted as by hand, and the other way round', async ({ table, keys, row }) => {
    const rows = fc.array(row as fc.Arbitrary<Row>, { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(rows, rows, async (earlier, later) => {
        const expected = byHand(keys, earlier, later);
        expect(await counted(table, earlier, later)).toEqual(expected);
        const { added, removed, changed } = expected;
        expect(await counted(table, later, earlier)).toEqual({ added: removed, removed: added, changed });
        expect(await counted(table, later, later)).toEqual({ added: 0, removed: 0, changed: 0 });
      }),
      { numRuns: 60 },
    );
  });

  test.each(Object.keys(tables) as TableName[])('[R90] of %s can be counted', async (table) => {
    expect(await counted(table, [], [{ src_id: 'x' }])).toEqual({ added: 1, removed: 0, changed: 0 });
  });
});

describe('two snapshots', () => {
  test('[R90][R91] rows and persons that came, went and changed, by table and by person', async () => {
    using place = newPlace();
    const from = (await place.import([patient('1'), patient('2'), condition('1', 'gout'), condition('2', 'cough')]))
      .snapshot;
    const other = { subject: { reference: 'Patient/2' } };
    const lines = [
      patient('3'),
      condition('1', 'gout of the toe', '2024-01-01T00:00:00Z'), // changed
      condition('2', 'cough', '2024-01-01T00:00:00Z'), // a newer version that says the same
      condition('3', 'fever', undefined, other),
    ];
    const to = (await place.import(lines)).snapshot;
    const diff = await diffSnapshots(place.workspace, from, to, silent);
    expect(diff).toMatchObject({ from, to, persons: { added: 1, removed: 0 } });
    expect(diff.tables.condition_occurrence).toEqual({ added: 1, removed: 0, changed: 1 });
    expect(diff.tables.visit_occurrence).toEqual({ added: 0, removed: 0, changed: 0 });
    const back = await diffSnapshots(place.workspace, to, from, silent);
    expect(back).toMatchObject({ persons: { added: 0, removed: 1 } });
    expect(back.tables.condition_occurrence).toEqual({ added: 0, removed: 1, changed: 1 });

    const persons = ['1', '2', '3'].map((id) => personIdOf(`Patient/${id}`));
    const among = { persons: persons.slice(0, 2), tables: ['person', 'condition_occurrence', 'concept'] } as const;
    const found = await diffPersons(place.workspace, { from, to }, among, silent);
    expect(found).toHaveLength(2);
    expect(found).toEqual(
      expect.arrayContaining([
        { personId: persons[0], table: 'condition_occurrence', added: 0, removed: 0, changed: 1 },
        { personId: persons[1], table: 'condition_occurrence', added: 1, removed: 0, changed: 0 },
      ]),
    );
  });

  test('[R91] a row that moves to another person went from the one and came to the other', async () => {
    using place = newPlace();
    const from = (await place.import([patient('1'), patient('2'), condition('1', 'gout')])).snapshot;
    const moved = condition('1', 'gout', '2024-01-01T00:00:00Z', { subject: { reference: 'Patient/2' } });
    const to = (await place.import([moved])).snapshot;
    const persons = ['1', '2'].map((id) => personIdOf(`Patient/${id}`));
    const among = { persons, tables: ['condition_occurrence'] } as const;
    const found = await diffPersons(place.workspace, { from, to }, among, silent);
    const of = (at: number) => found.find((one) => one.personId === persons[at]);
    expect(of(0)).toMatchObject({ added: 0, removed: 1, changed: 0 });
    expect(of(1)).toMatchObject({ added: 1, removed: 0, changed: 0 });
    expect((await diffSnapshots(place.workspace, from, to, silent)).tables.condition_occurrence).toEqual({
      added: 0,
      removed: 0,
      changed: 1,
    });
  });

  test('a snapshot that there is not is named', async () => {
    using place = newPlace();
    const { snapshot } = await place.import([patient('1')]);
    const none = diffSnapshots(place.workspace, snapshot, '0123456789abcdef' as SnapshotId, silent);
    await expect(none).rejects.toMatchObject({ code: 'records.no-snapshot' });
  });
});
