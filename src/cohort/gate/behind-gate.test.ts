import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PersonId, personIdOf } from '../../base/index.ts';
import { goutProtocol, type Hospital, hospital, type TestPerson } from '../hospital.test-support.ts';
import type { Gate } from './gate.ts';

const date = '2013-01-01';

function person(id: string, isHidden: boolean): TestPerson {
  return {
    id,
    sex: 'female',
    birth: '1950-02-03',
    consents: isHidden ? [{ decision: 'deny', date: '2012-01-01' }] : [],
    conditions: [{ code: '274.0', date }],
    drugs: [{ text: `allopurinol of ${id}`, date }],
    notes: [{ text: `Gout of the great toe of ${id}.`, date }],
  };
}

describe('what a study asks', () => {
  let place: Hospital;
  let gate: Gate & Disposable;
  beforeAll(async () => {
    place = await hospital([person('shown', false), person('hidden', true)]);
    gate = await place.gate(goutProtocol());
  });
  afterAll(() => {
    gate.close();
    place[Symbol.dispose]();
  });

  test.each([
    'SELECT person_id FROM person WHERE list_contains($1::VARCHAR[], sex)',
    'TABLE AUTHORIZED."Person"',
    'WITH a AS (SELECT * FROM person), B AS (FROM a) SELECT * FROM b, (WITH c AS (FROM A) FROM C)',
    'WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t WHERE n < 3) SELECT * FROM person, T',
    'SELECT DISTINCT p.person_id, u FROM person AS p, LATERAL (SELECT unnest(range(1))) AS x(u) ORDER BY ALL LIMIT 100% OFFSET 0',
    `SELECT main.last_possible(birth_date, birth_date_source), main.completed_years(birth_date, DATE '2013-01-01'),
      person_id::DECIMAL(20, 1), {'a': [1]}, CAST([sex] AS VARCHAR[1]) FROM person`,
    'FROM (PIVOT person ON sex IN (female) USING count(*) GROUP BY person_id)',
    '(FROM person) UNION BY NAME (SELECT person_id FROM drug_exposure SEMI JOIN person USING (person_id))',
    'FROM person QUALIFY row_number() OVER (ORDER BY person_id) = 1 -- main.person',
  ])('[R70] passes: %s', async (sql) => {
    const rows = await gate.all(sql, sql.includes('$1') ? [['female']] : []);
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(personIdOf('Patient/hidden'));
  });

  test.each([
    'SELECT * FROM main.person',
    'FROM "MAIN"."person"',
    'FROM memory.authorized.person',
    'FROM memory.person',
    'FROM latest.person',
    'SELECT (SELECT any_value(person_id) FROM main.person)',
    'SELECT 1 FROM person ORDER BY (SELECT max(person_id) FROM main.person)',
    'SELECT 1 FROM person LIMIT (SELECT count(*) FROM main.person)',
    'WITH main AS (FROM person) FROM main.main',
    'WITH person AS (FROM main.person) FROM person',
    'SELECT 1 WHERE 1 IN (SELECT 1 FROM main.person)',
    'FROM person JOIN /* person */ main.note USING (person_id)',
    'FROM (PIVOT main.person ON sex IN (female) USING count(*))',
    'FROM authorized.gate',
    'SELECT * FROM person_identity',
    'FROM note_hit_77',
    "FROM 'person.parquet'",
    `FROM (WITH "a.parquet" AS (SELECT 1) FROM "a.parquet"), 'a.parquet'`, // a CTE there is none here
    `WITH "a.parquet" AS (FROM 'a.parquet') FROM "a.parquet"`,
    `WITH RECURSIVE "a.csv" AS (FROM 'a.csv' UNION ALL FROM "a.csv") FROM "a.csv"`,
    'WITH "duc\u212Adb_tables" AS (SELECT 1) FROM duckdb_tables', // KELVIN SIGN, which is no K to DuckDB
    'FROM information_schema.tables',
    'FROM sqlite_master',
  ])('[R70] a table that is not behind the gate: %s', async (sql) => {
    await expect(gate.all(sql)).rejects.toMatchObject({
      code: 'cohort.not-behind-gate',
      message: 'The query names what is not research data behind the gate.',
    });
  });

  test.each([
    '',
    'SELECT 1; SELECT 2',
    'SELECT 1; FROM main.person',
    'SELECT 1\0',
    'SELEC',
    'SET search_path = main',
    'USE main',
    "COPY person TO 'person.csv'",
    "ATTACH 'other.db'",
    'CREATE VIEW authorized.x AS FROM main.person',
    'CREATE TABLE t AS FROM person',
    'INSERT INTO authorized.gate SELECT person_id FROM main.person RETURNING *',
    'EXPLAIN ANALYZE FROM person',
    'PIVOT person ON sex',
    'PREPARE p AS FROM main.person',
    'CALL pragma_version()',
    'PRAGMA show_tables',
  ])('[R70] no single SELECT: %s', async (sql) => {
    await expect(gate.all(sql)).rejects.toMatchObject({
      code: 'cohort.not-behind-gate',
      message: 'What is asked is not one SELECT that can be read.',
    });
  });

  test.each([
    "FROM query('FROM main.person')",
    "FROM QUERY_TABLE('main.person')",
    "FROM read_parquet('*.parquet')",
    "SELECT (FROM read_text('a.txt'))",
    'FROM duckdb_tables()',
    'FROM system.main.range(3)',
    'SHOW TABLES',
    'DESCRIBE person',
    'FROM (DESCRIBE main.person)',
    'FROM (SUMMARIZE person)',
  ])('[R71] rows from elsewhere: %s', async (sql) => {
    await expect(gate.all(sql)).rejects.toMatchObject({ code: 'cohort.not-behind-gate' });
  });

  test.each([
    'SELECT count(*) FROM drug_exposure WHERE error(drug_source_value) IS NULL',
    'SELECT count(*) FROM drug_exposure WHERE drug_source_value::INTEGER = 1',
    'SELECT count(*) FROM person WHERE make_date(person_id, 1, 1) IS NULL',
  ])('[R72] an error without a value: %s', async (sql) => {
    const error = await gate.all(sql).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'cohort.query-failed' });
    expect(error).not.toHaveProperty('cause', expect.anything());
  });

  test('[R72] what is wrong with the query itself is told', async () => {
    await expect(gate.all('SELECT sexx FROM person')).rejects.toThrow(/Binder Error.*sexx/);
    await expect(gate.all('SELECT sex FROM person', { sexx: 1 })).rejects.toThrow('Failed to retrieve bind parameter');
  });
});

/** Queries of an attacker: pieces that ask in one way or another, in frames that hide where they stand. */
function attack(): fc.Arbitrary<string> {
  const { query } = fc.letrec<{ query: string; table: string }>((tie) => {
    const name = fc.constantFrom('person', 'note', 'drug_exposure', 'condition_occurrence', 'research_authorization');
    const schema = fc.constantFrom('', '', '', 'main.', 'latest.', 'authorized.', 'memory.main.', 'MAIN.', '"main".');
    const plain = fc.tuple(schema, name).map(([of, table]) => `${of}${table}`);
    const quoted = fc.tuple(schema, name).map(([of, table]) => `${of}"${table.toUpperCase()}"`);
    const strange = fc.constantFrom(
      'hits',
      'note_hit_0',
      'main.note_hit_0',
      'authorized.gate',
      'information_schema.columns',
      'duckdb_tables()',
      "query('FROM main.person')",
      "query_table('main.note')",
      'range(2)',
      'a',
      'b',
      'A',
    );
    const inner = tie('query').map((sql) => `(${sql})`);
    return {
      table: fc.oneof({ maxDepth: 3 }, plain, plain, quoted, strange, inner),
      query: fc.oneof(
        { maxDepth: 4 },
        tie('table').map((table) => `FROM ${table}`),
        fc
          .tuple(fc.constantFrom('SELECT *', 'SELECT to_json(t)', 'select /* main.x */ t'), tie('table'))
          .map(([select, table]) => `${select} FROM ${table} AS t`),
        tie('table').map((table) => `SELECT (SELECT list(t) FROM ${table} AS t) AS found`),
        tie('table').map(
          (table) => `SELECT * FROM person WHERE error((SELECT list(t)::VARCHAR FROM ${table} AS t)) IS NULL`,
        ),
        tie('table').map((table) => `SELECT count(*) FROM ${table} AS t WHERE error(t::VARCHAR) IS NULL`),
        fc.tuple(tie('table'), tie('table')).map(([a, b]) => `SELECT * FROM ${a} FULL JOIN ${b} USING (person_id)`),
        fc.tuple(tie('table'), tie('table')).map(([a, b]) => `SELECT * FROM ${a} AS x, LATERAL (FROM ${b}) AS y`),
        fc.tuple(tie('query'), tie('query')).map(([a, b]) => `(${a}) UNION ALL BY NAME (${b})`),
        fc
          .tuple(fc.constantFrom('a', 'person', 'main', 'b'), tie('query'), tie('query'))
          .map(([cte, a, b]) => `WITH ${cte} AS (${a}) ${b}`),
        fc.tuple(tie('query'), tie('query')).map(([a, b]) => `WITH RECURSIVE a AS (${a} UNION ${b}) FROM a LIMIT 9`),
        fc
          .tuple(fc.constantFrom('DESCRIBE', 'SUMMARIZE', 'EXPLAIN', 'SET search_path=main;', 'TABLE'), tie('query'))
          .map(([verb, sql]) => `${verb} ${sql}`),
        fc.tuple(tie('query'), tie('query')).map(([a, b]) => `${a}; ${b}`),
        tie('table').map((table) => `FROM (PIVOT ${table} ON sex IN ('female') USING max(person_id))`),
        tie('table').map((table) => `COPY (FROM ${table}) TO '/dev/null'`),
      ),
    };
  });
  return query;
}

describe('an attacker', () => {
  test('[R3][R70][R71][R72] never sees anything of a person who refused, whatever is asked', async () => {
    const hidden = fc.array(fc.boolean(), { minLength: 2, maxLength: 8 });
    let answered = 0;
    for (const [at, isHidden] of fc.sample(hidden, { numRuns: 4, seed: 5 }).entries()) {
      const persons = [
        person('x99x', true),
        person('s1s', false),
        ...isHidden.map((hides, i) => person(`p${i}x`, hides)),
      ];
      const refusers = persons.filter(({ consents }) => consents?.length).map(({ id }) => id);
      const traces = refusers.flatMap((id) => [`${id}-`, `Patient/${id}`, personIdOf(`Patient/${id}`), `of ${id}`]);
      const told = (shown: unknown): string[] => traces.filter((trace) => String(shown).includes(trace));
      using place = await hospital(persons);
      using gate = await place.gate(goutProtocol());
      await gate.noteTable('gout OR NOT gout');
      await fc.assert(
        fc.asyncProperty(attack(), async (sql) => {
          const rows = await gate
            .all(sql)
            .catch((error: Error) => `${error.stack} ${JSON.stringify(error)} ${error.cause}`);
          if (Array.isArray(rows) && rows.length > 0) answered++;
          expect(told(typeof rows === 'string' ? rows : JSON.stringify(rows))).toEqual([]);
        }),
        { numRuns: 250, seed: at },
      );
      for (const id of refusers) {
        const personId: PersonId = personIdOf(`Patient/${id}`);
        expect([gate.note(`DocumentReference/${id}-note-0`), gate.notesOf(personId)]).toEqual([undefined, []]);
      }
      for (const query of ['gout', 'NOT psoriasis', 'person(gout)', 'toe OR NOT toe', ...refusers])
        expect(told(JSON.stringify([...gate.findNotes(query).highlights()])), query).toEqual([]);
    }
    expect(answered).toBeGreaterThan(40);
  });
});
