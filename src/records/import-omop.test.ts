import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { importOmop } from './import-omop.ts';
import { concept, condition, csv, omopPlace, person, table } from './omop/omop.test-support.ts';
import { how } from './records.test-support.ts';

const BIG = '9007199254740993';
const LARGEST = '9223372036854775807';
const small = {
  'person.csv': table(person('1'), person(BIG)),
  'condition_occurrence.csv': table(condition('1', '1'), condition(LARGEST, BIG, { condition_end_date: '2014-04-01' })),
};
const CONDITIONS = `SELECT condition_occurrence_id, person_id, condition_start_date, condition_end_date, condition_source_value
  FROM condition_occurrence ORDER BY 1`;

describe('files', () => {
  test('[R120] upper case, tabs, gzip and folders of parts give the same rows', async () => {
    using plain = omopPlace();
    await plain.omop(small);
    const rows = await plain.query(CONDITIONS);
    expect(rows).toHaveLength(2);
    const { columns, rows: cells } = small['condition_occurrence.csv'];
    const upper = { columns: columns.map((name) => name.toUpperCase()), rows: cells };
    const [first = [], second = []] = cells;
    const people = csv(small['person.csv']);
    const forms = [
      { 'PERSON.CSV.gz': people, 'CONDITION_OCCURRENCE.csv': upper },
      { 'person.tsv': small['person.csv'], 'condition_occurrence.txt.gz': csv(upper, '\t') },
      {
        'person.csv': people,
        'condition_occurrence_1.csv': { columns, rows: [first] },
        'condition_occurrence_2.csv': { columns, rows: [second] },
      },
      {
        'person/part-0.csv': people.replaceAll('\n', '\r\n'),
        'condition_occurrence/a.csv': `\uFEFF${csv(upper)}`.trimEnd(),
      },
      {
        'person.csv': people,
        'condition_occurrence.csv': csv(upper).replace(
          'CONDITION_START_DATE',
          `"date(condition_start_date,'unixepoch')"`,
        ),
      },
    ];
    for (const form of forms) {
      using place = omopPlace();
      expect(await place.omop(form), Object.keys(form).join()).toMatchObject({ lines: 4, stored: 4, quarantined: 0 });
      expect(await place.query(CONDITIONS), Object.keys(form).join()).toEqual(rows);
    }
  });

  test('[R120][R126] Parquet gives the same rows, with their numbers for lines', async () => {
    using plain = omopPlace();
    await plain.omop(small);
    using place = omopPlace();
    await place.omop({ 'person.csv': small['person.csv'] }, 'cdm');
    const source = place.write('condition.csv', [csv(small['condition_occurrence.csv']).trimEnd()]);
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(`COPY (SELECT * REPLACE (condition_occurrence_id::BIGINT AS condition_occurrence_id) FROM read_csv('${source}'))
      TO '${join(place.dir, 'cdm', 'CONDITION_OCCURRENCE.parquet')}'`);
    connection.closeSync();
    instance.closeSync();
    const report = await importOmop(place.workspace, [join(place.dir, 'cdm')], how);
    expect(report.byType.condition_occurrence).toMatchObject({ lines: 2, stored: 2 });
    expect(await place.query(CONDITIONS)).toEqual(await plain.query(CONDITIONS));
    expect(await place.query('SELECT src_line FROM condition_occurrence ORDER BY 1')).toEqual([
      { src_line: '1' },
      { src_line: '2' },
    ]);
  });

  test('[R124] a column that is missing is named, and nothing is imported', async () => {
    using place = omopPlace();
    const without = table({ condition_occurrence_id: '1', person_id: '1', condition_concept_id: 1 });
    await expect(place.omop({ ...small, 'condition_occurrence.csv': without })).rejects.toMatchObject({
      code: 'omop.missing-column',
      message: expect.stringContaining('`condition_start_date`'),
    });
    await expect(place.query('SELECT 1 FROM person')).rejects.toMatchObject({ code: 'records.none' });
    const headless = csv(small['person.csv']).split('\n').slice(1).join('\n');
    await expect(place.omop({ 'person.csv': headless })).rejects.toMatchObject({ code: 'omop.missing-column' });
  });
});

describe('rows', () => {
  test('[R121] ids beyond 2^53 survive; persons are named by them', async () => {
    using place = omopPlace();
    await place.omop(small);
    expect(await place.query('SELECT person_id, person_source_value FROM person ORDER BY person_id')).toEqual([
      { person_id: '1', person_source_value: 'person/1' },
      { person_id: BIG, person_source_value: `person/${BIG}` },
    ]);
    expect(
      await place.query(
        `SELECT person_id, src_id FROM condition_occurrence WHERE condition_occurrence_id = ${LARGEST}`,
      ),
    ).toEqual([{ person_id: BIG, src_id: `condition_occurrence/${LARGEST}` }]);
    expect(await place.query(`SELECT record_number FROM person_identity WHERE person_id = ${BIG}`)).toEqual([
      { record_number: `MRN${BIG}` },
    ]);
  });

  test('[R122] rows of tables that are not used are unmapped, by table', async () => {
    using place = omopPlace();
    const report = await place.omop({
      ...small,
      'drug_era.csv': table({ drug_era_id: 1 }, { drug_era_id: 2 }),
      'achilles_results.csv': 'analysis_id,note\n1,"a\nb"\n2,x\n3,y\n',
    });
    expect(report.byType.drug_era).toMatchObject({ lines: 2, unmapped: 2 });
    expect(report.byType.achilles_results).toMatchObject({ lines: 3, unmapped: 3 });
    expect(report).toMatchObject({ lines: 9, stored: 4, unmapped: 5 });
  });

  test('[R123] a cell that does not fit is told by its column; what databases write for nothing is nothing', async () => {
    using place = omopPlace();
    const report = await place.omop({
      'person.csv': table(
        person('1'),
        person('x'),
        person('2.5'),
        person('3.0'),
        person('4', { day_of_birth: 31, month_of_birth: 2 }),
        person(''),
      ),
      'condition_occurrence.csv': table(
        condition('1', '1', { condition_end_date: '\\N', visit_occurrence_id: 'NULL', provider_id: '0' }),
        condition('2', '1', { condition_start_date: '2014-13-01' }),
        condition('3', '', { condition_start_date: '05.03.2014' }),
        condition('4', ''),
        condition('9223372036854775808', '1'),
      ),
    });
    expect(report.byType.person).toMatchObject({ lines: 6, stored: 2, quarantined: 4 });
    expect(report.byType.condition_occurrence).toMatchObject({ lines: 5, stored: 1, quarantined: 4 });
    expect(report.reasons).toEqual({ 'omop.bad-value': 6, 'omop.no-id': 2 });
    expect(place.quarantined()).toContainEqual({
      file: 'condition_occurrence.csv',
      line: 3,
      type: 'condition_occurrence',
      reason: 'omop.bad-value',
      element: 'condition_start_date',
    });
    expect(place.quarantined()).toContainEqual({
      file: 'person.csv',
      line: 6,
      type: 'person',
      reason: 'omop.bad-value',
      element: 'day_of_birth',
    });
    expect(await place.query('SELECT person_id FROM person ORDER BY 1')).toEqual([
      { person_id: '1' },
      { person_id: '3' },
    ]);
    expect(
      await place.query(
        'SELECT condition_end_date AS until, visit_occurrence_id AS visit, provider_id AS provider FROM condition_occurrence',
      ),
    ).toEqual([{ until: null, visit: null, provider: null }]);
  });

  test('[R125] the same again changes nothing; the last version of a row stands, in one file and in another import', async () => {
    using place = omopPlace();
    const twice = {
      ...small,
      'condition_occurrence.csv': table(
        condition('1', '1'),
        condition('1', '1', { condition_start_date: '2015-01-01' }),
      ),
    };
    const first = await place.omop(twice);
    expect(first.byType.condition_occurrence).toMatchObject({ lines: 2, stored: 1, superseded: 1 });
    expect(await place.omop(twice)).toMatchObject({ changed: false, snapshot: first.snapshot, stored: 0 });
    await place.omop({
      'condition_occurrence.csv': table(condition('1', '1', { condition_start_date: '2016-01-01' })),
    });
    expect(await place.query('SELECT condition_start_date AS day FROM condition_occurrence')).toEqual([
      { day: '2016-01-01' },
    ]);
    expect(await place.query('SELECT count(*) AS n FROM coding')).toEqual([{ n: '1' }]);
  });

  test('[R126] notes keep quotes and line breaks and know their lines; an open quote costs its own line', async () => {
    using place = omopPlace();
    const header = 'note_id,person_id,note_date,note_text\n';
    const report = await place.omop({
      'person.csv': table(person('1')),
      'note.csv': `${header}1,1,2014-01-01,"He said ""no"".\n\nPLAN: none, \ttoday"\n2,1,2014-01-02,"never closed\n3,1,2014-01-03,plain 5" tall\n4,1,2014-01-04,"\r\nx"\n5,1,2014-01-05,one,two\n6,1,2014-01-06,\n`,
    });
    expect(report.byType.note).toMatchObject({ lines: 6, stored: 3, quarantined: 3 });
    expect(report.reasons).toEqual({ 'note.empty': 1, 'table.columns': 1, 'table.unreadable': 1 });
    expect(await place.query('SELECT note_id, note_text, src_line FROM note ORDER BY note_id')).toEqual([
      { note_id: '1', note_text: 'He said "no".\n\nPLAN: none, \ttoday', src_line: '2' },
      { note_id: '3', note_text: 'plain 5" tall', src_line: '6' },
      { note_id: '4', note_text: '\r\nx', src_line: '7' },
    ]);
  });

  test('[R136] rows of somebody who is not in person are kept', async () => {
    using place = omopPlace();
    expect(await place.omop({ 'condition_occurrence.csv': table(condition('1', '77')) })).toMatchObject({ stored: 1 });
    expect(await place.query('SELECT person_id FROM condition_occurrence')).toEqual([{ person_id: '77' }]);
  });

  test('[R137] research_authorization says who granted, refused and revoked, and who was asked', async () => {
    using place = omopPlace();
    const report = await place.omop({
      'person.csv': table(person('1')),
      'research_authorization.csv':
        'person_id,decision,decided_date\n1,Granted,2012-01-01\n1,refused,\n1,REVOKED,2013-01-01\n1,requested,2011-01-01\n2,maybe,2012-01-01\n',
    });
    expect(report.reasons).toEqual({ 'consent.no-decision': 1 });
    expect(
      await place.query('SELECT person_id, decision, decided_date FROM research_authorization ORDER BY decision'),
    ).toEqual([
      { person_id: '1', decision: 'granted', decided_date: '2012-01-01' },
      { person_id: '1', decision: 'refused', decided_date: null },
      { person_id: '1', decision: 'requested', decided_date: '2011-01-01' },
      { person_id: '1', decision: 'revoked', decided_date: '2013-01-01' },
    ]);
  });
});

describe('sources', () => {
  const named = (name: string) => ({ 'cdm_source.csv': table({ cdm_source_name: name, cdm_version: '5.4' }) });
  const many = (year: number) =>
    table(...Array.from({ length: 12 }, (_, at) => person(String(at + 1), { year_of_birth: year + at })));

  test('[R135] another name, or other persons under the same ids, are refused', async () => {
    using place = omopPlace();
    const { snapshot } = await place.omop({ ...named('North'), 'person.csv': many(1950) });
    await expect(
      place.omop({
        ...named('South'),
        'visit_occurrence.csv': 'visit_occurrence_id,person_id,visit_concept_id,visit_start_date\n',
      }),
    ).rejects.toMatchObject({ code: 'omop.other-source' });
    await expect(place.omop({ 'person.csv': many(1951) })).rejects.toMatchObject({ code: 'omop.other-source' });
    const corrected = await place.omop({
      ...named('North'),
      'person.csv': table(person('1', { year_of_birth: 1933 })),
    });
    expect(corrected).toMatchObject({ stored: 1 });
    expect(corrected.snapshot).not.toBe(snapshot);
  });
});

test('[R138] a relationship that was taken back is none, and dates of vocabularies are not read', async () => {
  using place = omopPlace();
  const report = await place.omop({
    'CONCEPT.csv': csv(
      table(concept(1, 'Enteritis "necroticans', 'SNOMED', '1'), concept(2, 'Five 5"', 'SNOMED', '2')),
      '\t',
    )
      .replaceAll('"Enteritis ""necroticans"', '"Enteritis necroticans')
      .replaceAll('"Five 5"""', 'Five 5"')
      .replaceAll('20991231', 'never'),
    'concept_relationship.csv': table(
      { concept_id_1: 1, concept_id_2: 2, relationship_id: 'Is a', valid_start_date: 'x', invalid_reason: null },
      { concept_id_1: 2, concept_id_2: 1, relationship_id: 'Maps to', valid_start_date: 'x', invalid_reason: 'D' },
    ),
    'concept_ancestor.csv': table({
      ancestor_concept_id: 2,
      descendant_concept_id: 1,
      min_levels_of_separation: 1,
      max_levels_of_separation: 1,
    }),
  });
  expect(report).toMatchObject({ lines: 5, stored: 5, quarantined: 0 });
  expect(await place.query('SELECT concept_name FROM concept ORDER BY concept_id')).toEqual([
    { concept_name: '"Enteritis necroticans' },
    { concept_name: 'Five 5"' },
  ]);
  expect(await place.query('SELECT concept_id_1, relationship_id FROM concept_relationship')).toEqual([
    { concept_id_1: '1', relationship_id: 'Is a' },
  ]);
  expect(await place.query('SELECT min_levels_of_separation AS levels FROM concept_ancestor')).toEqual([{ levels: 1 }]);
});
