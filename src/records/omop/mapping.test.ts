import { describe, expect, test } from 'vitest';
import { concept, condition, type OmopPlace, omopPlace, person, table } from './omop.test-support.ts';

const people = { 'person.csv': table(person('1')) };
const ORDER = 32838;

function drug(id: string, more: Readonly<Record<string, string | number | null>>) {
  return {
    drug_exposure_id: id,
    person_id: '1',
    drug_concept_id: 0,
    drug_exposure_start_date: '2014-03-05',
    drug_type_concept_id: ORDER,
    ...more,
  };
}

test('[R127] a birth date is as precise as it is filled', async () => {
  using place = omopPlace();
  const month = { month_of_birth: 5, day_of_birth: null };
  const year = { month_of_birth: null, day_of_birth: null };
  await place.omop({
    'person.csv': table(
      person('1', { birth_datetime: '1999-09-09 08:00:00' }),
      person('2', month),
      person('3', year),
      person('4', { ...year, birth_datetime: '1960-07-09T00:00:00' }),
      person('5', { ...year, birth_datetime: '1960-01-01' }),
      person('6', { ...month, birth_datetime: '1960-05-01' }),
      person('7', { ...year, year_of_birth: null, birth_datetime: '19600101' }),
    ),
  });
  expect(
    await place.query('SELECT person_id, birth_date AS day, birth_date_source AS said FROM person ORDER BY 1'),
  ).toEqual([
    { person_id: '1', day: '1960-03-02', said: '1960-03-02' },
    { person_id: '2', day: '1960-05-01', said: '1960-05' },
    { person_id: '3', day: '1960-01-01', said: '1960' },
    { person_id: '4', day: '1960-07-09', said: '1960-07-09' },
    { person_id: '5', day: '1960-01-01', said: '1960' },
    { person_id: '6', day: '1960-05-01', said: '1960-05' },
    { person_id: '7', day: '1960-01-01', said: '1960-01-01' },
  ]);
});

describe('[R128] a death is the date of death of its person', () => {
  const death = { 'death.csv': table({ person_id: '1', death_date: '2016-02-03' }) };
  const deaths = (place: OmopPlace) =>
    place.query('SELECT person_id, death_date, death_date_source AS said FROM person');
  const dead = [{ person_id: '1', death_date: '2016-02-03', said: '2016-02-03' }];
  test.each([
    ['together', [{ ...people, ...death }]],
    ['the person first', [people, death]],
    ['the death first', [death, people]],
    ['and the person again', [people, death, { 'person.csv': table(person('1', { race_concept_id: 8515 })) }]],
  ])('%s', async (_, imports) => {
    using place = omopPlace();
    for (const files of imports) expect((await place.omop(files)).quarantined).toBe(0);
    expect(await deaths(place)).toEqual(dead);
    await place.omop({ 'death.csv': table({ person_id: '1', death_date: '2016-02-04' }) });
    expect(await deaths(place)).toEqual([{ person_id: '1', death_date: '2016-02-04', said: '2016-02-04' }]);
  });
});

const vocabulary = {
  'concept.csv': table(
    concept(320128, 'Essential hypertension', 'SNOMED', '59621000'),
    concept(35207668, 'Essential (primary) hypertension', 'ICD10CM', 'I10'),
  ),
};
const CODES = 'SELECT row_id, vocabulary_id AS vocabulary, code, rank FROM coding ORDER BY row_id, rank';

test('[R129] a row has the codes of its standard concept, then of its source concept', async () => {
  using place = omopPlace();
  await place.omop({
    ...people,
    ...vocabulary,
    'condition_occurrence.csv': table(
      condition('1', '1', { condition_source_concept_id: 35207668 }),
      condition('2', '1', { condition_concept_id: 0, condition_source_concept_id: 35207668 }),
      condition('3', '1', { condition_source_concept_id: 320128 }),
      condition('4', '1', { condition_concept_id: 2000000001, condition_source_concept_id: null }),
      condition('5', '1', { condition_concept_id: 0, condition_source_value: 'HTN' }),
    ),
  });
  expect(await place.query(CODES)).toEqual([
    { row_id: '1', vocabulary: 'SNOMED', code: '59621000', rank: 0 },
    { row_id: '1', vocabulary: 'ICD10CM', code: 'I10', rank: 1 },
    { row_id: '2', vocabulary: 'ICD10CM', code: 'I10', rank: 1 },
    { row_id: '3', vocabulary: 'SNOMED', code: '59621000', rank: 0 },
    { row_id: '4', vocabulary: 'OMOP', code: '2000000001', rank: 0 },
  ]);
  expect(
    await place.query(
      'SELECT condition_source_value AS text FROM condition_occurrence ORDER BY condition_occurrence_id',
    ),
  ).toEqual([
    { text: 'Essential hypertension' },
    { text: 'Essential (primary) hypertension' },
    { text: 'Essential hypertension' },
    { text: 'HTN' },
    { text: 'HTN' },
  ]);
});

test('[R130] the words of the source stand behind the name of a drug, where they say something else', async () => {
  using place = omopPlace();
  await place.omop({
    ...people,
    'concept.csv': table(concept(10, 'zinc oxide', 'RxNorm', '11423')),
    'drug_exposure.csv': table(
      drug('1', { drug_concept_id: 10, drug_source_value: 'Menthol 1 % in zinc paste' }),
      drug('2', { drug_concept_id: 10, drug_source_value: 'ZINC OXIDE' }),
      drug('3', { drug_concept_id: 10, drug_source_value: '00093-1712-01' }),
      drug('4', { drug_source_value: 'menthol cream' }),
      drug('5', { drug_concept_id: 10, drug_source_value: null, route_source_value: 'by mouth' }),
    ),
  });
  expect(
    await place.query('SELECT drug_source_value AS text, route FROM drug_exposure ORDER BY drug_exposure_id'),
  ).toEqual([
    { text: 'zinc oxide [Menthol 1 % in zinc paste]', route: 'topical' },
    { text: 'zinc oxide', route: null },
    { text: 'zinc oxide', route: null },
    { text: 'menthol cream', route: 'topical' },
    { text: 'zinc oxide', route: 'oral' },
  ]);
});

test('[R131] a vocabulary counts that came before; one that comes later counts for rows that come again', async () => {
  const rows = { ...people, 'condition_occurrence.csv': table(condition('1', '1')) };
  using before = omopPlace();
  await before.omop(vocabulary);
  await before.omop(rows);
  const known = [{ row_id: '1', vocabulary: 'SNOMED', code: '59621000', rank: 0 }];
  expect(await before.query(CODES)).toEqual(known);

  using later = omopPlace();
  await later.omop(rows);
  expect(await later.query(CODES)).toEqual([{ row_id: '1', vocabulary: 'OMOP', code: '320128', rank: 0 }]);
  await later.omop(vocabulary);
  const again = await later.omop(rows);
  expect(again.byType.condition_occurrence).toMatchObject({ stored: 1 });
  expect(again.byType.person).toMatchObject({ superseded: 1 });
  expect(await later.query(CODES)).toEqual(known);
});

test('[R132] the drug type says what a row is a record of', async () => {
  using place = omopPlace();
  const types = [32838, 38000177, 38000175, 32869, 38000180, 32818, 44787730, 32817, 0, 2000000002];
  await place.omop({
    ...people,
    'concept.csv': table(concept(2000000002, 'Dispensed by the ward', 'Type Concept', 'x')),
    'drug_exposure.csv': table(...types.map((type, at) => drug(String(at + 1), { drug_type_concept_id: type }))),
  });
  const kinds = await place.query('SELECT drug_kind AS kind FROM drug_exposure ORDER BY drug_exposure_id');
  expect(kinds.map(({ kind }) => kind)).toEqual([
    'order',
    'order',
    'dispense',
    'dispense',
    'administration',
    'administration',
    'statement',
    'statement',
    'statement',
    'dispense',
  ]);
});

test('[R133] a value with an operator is not that number; ranges and units are kept', async () => {
  using place = omopPlace();
  const measured = { person_id: '1', measurement_concept_id: 0, measurement_date: '2014-01-01', unit_concept_id: 8840 };
  await place.omop({
    ...people,
    'concept.csv': table(
      concept(8840, 'milligram per deciliter', 'UCUM', 'mg/dL'),
      concept(9191, 'Positive', 'SNOMED', '10828004'),
    ),
    'measurement.csv': table(
      { measurement_id: 1, ...measured, value_as_number: '5.0', operator_concept_id: 4171756 },
      {
        measurement_id: 2,
        ...measured,
        value_as_number: '5.5',
        operator_concept_id: 4172703,
        range_low: 1,
        range_high: '9.5',
      },
      { measurement_id: 3, ...measured, value_as_concept_id: 9191, unit_concept_id: 0, unit_source_value: null },
      { measurement_id: 4, ...measured, value_as_number: 'high' },
    ),
  });
  const sql =
    'SELECT value_as_number AS number, operator, value_source_value AS said, unit_source_value AS unit, range_low AS low, range_high AS high FROM measurement ORDER BY measurement_id';
  expect(await place.query(sql)).toEqual([
    { number: null, operator: '<', said: '<5', unit: 'mg/dL', low: null, high: null },
    { number: 5.5, operator: null, said: '5.5', unit: 'mg/dL', low: 1, high: 9.5 },
    { number: null, operator: null, said: 'Positive', unit: null, low: null, high: null },
  ]);
});

test('[R134] the words of the status say how sure a condition is', async () => {
  using place = omopPlace();
  const statuses = [
    'Ruled out',
    'rule out',
    'Confirmed diagnosis',
    'Preliminary diagnosis',
    'refuted',
    'Primary diagnosis',
    null,
  ];
  await place.omop({
    ...people,
    'condition_occurrence.csv': table(
      ...statuses.map((status, at) => condition(String(at + 1), '1', { condition_status_source_value: status })),
    ),
  });
  const rows = await place.query(
    'SELECT verification_status AS status FROM condition_occurrence ORDER BY condition_occurrence_id',
  );
  expect(rows.map(({ status }) => status)).toEqual([
    'refuted',
    'provisional',
    'confirmed',
    'provisional',
    'refuted',
    null,
    null,
  ]);
});

test('visits, notes, observations, providers and sites have the texts that their tables have', async () => {
  using place = omopPlace();
  await place.omop({
    ...people,
    'concept.csv': table(
      concept(45766052, 'Dermatology', 'ABMS', 'x'),
      concept(706391, 'Progress note', 'LOINC', '11506-3'),
    ),
    'provider.csv': table({ provider_id: 7, provider_name: 'Dr. A', specialty_concept_id: 45766052 }),
    'care_site.csv': table({ care_site_id: 3, care_site_name: 'Clinic' }),
    'visit_occurrence.csv': table({
      visit_occurrence_id: 5,
      person_id: 1,
      visit_concept_id: 9203,
      visit_start_datetime: '2014-01-01 10:00:00',
      provider_id: 7,
      care_site_id: 3,
    }),
    'note.csv': table({
      note_id: 9,
      person_id: 1,
      note_date: '2014-01-01',
      note_class_concept_id: 706391,
      note_title: 'T',
      note_text: ' x ',
      visit_occurrence_id: 5,
      provider_id: 7,
    }),
    'observation.csv': table({
      observation_id: 4,
      person_id: 1,
      observation_concept_id: 0,
      observation_source_value: 'Allergy to x',
      observation_date: '2014-01-01',
      value_as_string: 'rash',
    }),
  });
  expect(
    await place.query(
      'SELECT visit_class, visit_start_date AS day, visit_source_value AS text, care_site_id AS site FROM visit_occurrence',
    ),
  ).toEqual([{ visit_class: 'EMER', day: '2014-01-01', text: 'Emergency Room Visit', site: '3' }]);
  expect(
    await place.query(
      'SELECT note_type_source_value AS type, note_title AS title, note_text AS text, specialty_source_value AS specialty FROM note JOIN provider USING (provider_id)',
    ),
  ).toEqual([{ type: 'Progress note', title: 'T', text: ' x ', specialty: 'Dermatology' }]);
  expect(await place.query('SELECT observation_kind AS kind, value_source_value AS value FROM observation')).toEqual([
    { kind: 'allergy', value: 'rash' },
  ]);
  expect(await place.query('SELECT sex, race_source_value AS race FROM person')).toEqual([
    { sex: 'female', race: 'White' },
  ]);
});
