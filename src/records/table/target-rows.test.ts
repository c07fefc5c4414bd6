import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { rowId } from '../../base/index.ts';
import { Refusal } from '../quarantine-reasons.ts';
import { rowDecoder } from './decode-row.ts';
import { readMapping } from './read-mapping.ts';

const dir = mkdtempSync(join(tmpdir(), 'chartproof-targets-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const PERSON = `
person: { record_number: MRN }
linkage: [{ match: [record_number] }]`;

/** The rows that a row of cells becomes, by table; the reason where it is refused. */
function decoded(becomes: string, columns: string, row: Readonly<Record<string, string>>, more = '') {
  const path = join(dir, 'mapping.yaml');
  const person = becomes === 'person' ? '' : PERSON;
  writeFileSync(path, `source: registry\nbecomes: ${becomes}\nrow_id: Id\n${more}\ncolumns: ${columns}${person}\n`);
  const { mapping } = readMapping(path);
  const said: Record<string, string> = { Id: '7', MRN: '100', Date: '2014-03-05', ...row };
  try {
    const { rows } = rowDecoder(mapping, Object.keys(said))({ line: 2, bytesRead: 0, cells: Object.values(said) });
    return rows.map(({ table, values }) => ({ table, ...values }));
  } catch (error) {
    if (error instanceof Refusal) return [error.reason, error.element];
    throw error;
  }
}

const DATE = 'date: { column: Date, format: YYYY-MM-DD }';

describe('what a row becomes', () => {
  test('[R101] a diagnosis, with the codes in the order of the mapping', () => {
    const columns = `{ ${DATE}, end_date: { column: To, format: YYYY }, text: What, status: { value: active },
      code: [{ column: ICD, system: ICD10CM }, { column: Snomed, system: "http://snomed.info/sct" }, { column: None, system: ICD9CM }] }`;
    const row = { To: '2015', What: 'gout', ICD: 'M10.9', Snomed: '90560007', None: '' };
    const id = rowId('registry/7');
    expect(decoded('condition_occurrence', columns, row)).toMatchObject([
      {
        table: 'condition_occurrence',
        condition_occurrence_id: id,
        condition_start_date: '2014-03-05',
        condition_end_date: '2015-01-01',
        condition_end_date_source: '2015',
        condition_source_value: 'gout',
        condition_status_source_value: 'active',
        verification_status: null,
      },
      {
        table: 'coding',
        table_name: 'condition_occurrence',
        row_id: id,
        vocabulary_id: 'ICD10CM',
        code: 'M10.9',
        rank: 0,
      },
      { table: 'coding', vocabulary_id: 'SNOMED', code: '90560007', rank: 1 },
    ]);
  });

  test('[R101] a procedure, an observation, a visit, a drug with its dose', () => {
    expect(
      decoded('procedure_occurrence', `{ ${DATE}, code: { column: C, system: CPT4 } }`, { C: '11102' }),
    ).toMatchObject([
      { table: 'procedure_occurrence', procedure_date: '2014-03-05', procedure_source_value: null },
      { table: 'coding', table_name: 'procedure_occurrence', vocabulary_id: 'CPT4', code: '11102' },
    ]);
    const smoking = `{ ${DATE}, text: { value: smoking }, value: { column: S, values: { "1": never, "2": current } } }`;
    expect(decoded('observation', smoking, { S: '2' })).toMatchObject([
      { table: 'observation', observation_source_value: 'smoking', value_source_value: 'current' },
    ]);
    expect(decoded('visit_occurrence', `{ ${DATE}, class: { value: AMB } }`, {})).toMatchObject([
      { table: 'visit_occurrence', visit_start_date: '2014-03-05', visit_end_date: null, visit_class: 'AMB' },
    ]);
    const drug = `{ ${DATE}, drug: D, route: { value: topical }, dose: N, dose_unit: { value: mg }, times_per_day: T, frequency: F }`;
    expect(decoded('drug_exposure', drug, { D: 'urea', N: '2.5', T: '2', F: 'BID' })).toMatchObject([
      { route: 'topical', dose: 2.5, dose_unit: 'mg', times_per_day: 2, frequency_source_value: 'BID' },
    ]);
  });

  test('[R101] a note; one without text is refused', () => {
    const columns = `{ ${DATE}, text: Text, type: { value: Progress note } }`;
    expect(decoded('note', columns, { Text: 'Two lines.\nHere.' })).toMatchObject([
      { table: 'note', note_text: 'Two lines.\nHere.', note_type_source_value: 'Progress note' },
    ]);
    expect(decoded('note', columns, { Text: '' })).toEqual(['note.empty', undefined]);
  });

  test('[R108] a person, with name and number apart', () => {
    const columns = `{ record_number: MRN, family_name: F, sex: { column: S, values: { "1": male, "2": female } },
      birth_date: { column: B, format: YYYY } }`;
    expect(decoded('person', columns, { F: 'Katz', S: '2', B: '1950' })).toEqual([
      {
        table: 'person',
        person_id: rowId('registry/7'),
        sex: 'female',
        birth_date: '1950-01-01',
        birth_date_source: '1950',
        death_date: null,
        death_date_source: null,
        race_source_value: null,
        ethnicity_source_value: null,
        person_source_value: 'registry/7',
      },
      {
        table: 'person_identity',
        person_id: rowId('registry/7'),
        record_number: '100',
        family_name: 'Katz',
        given_name: null,
        birth_date_source: '1950',
      },
    ]);
  });
});

describe('cells', () => {
  test('[R106] a word that the mapping does not know is refused', () => {
    const columns = `{ ${DATE}, text: { column: T, values: { a: gout } } }`;
    expect(decoded('condition_occurrence', columns, { T: 'b' })).toEqual(['table.unknown-value', 'T']);
    expect(decoded('condition_occurrence', columns, { T: 'constructor' })).toEqual(['table.unknown-value', 'T']);
    expect(decoded('person', '{ sex: S }', { S: 'woman' })).toEqual(['table.unknown-value', 'S']);
    expect(decoded('person', '{ sex: S }', { S: 'F' })).toMatchObject([{ sex: 'female' }, {}]);
  });

  test.each(['#N/A', '#DIV/0!', '#REF!', '#NAME?'])('[R105] %s where a value is read refuses the row', (error) => {
    const columns = `{ ${DATE}, text: T }`;
    expect(decoded('condition_occurrence', columns, { T: error })).toEqual(['table.error-cell', 'T']);
    expect(decoded('condition_occurrence', columns, { T: 'gout', Other: error })).toMatchObject([{}]);
    expect(decoded('condition_occurrence', columns, { T: `${error} of gout` })).toMatchObject([{}]);
  });
});

describe('decisions about research', () => {
  const said = (decision: string, columns: string) =>
    decoded('research_authorization', columns, { Sent: '03/2014', Said: decision });
  const dated = '{ date: { column: Sent, format: MM/YYYY }, decision: Said }';

  test('[R142] are granted, refused, revoked, or requested by a letter, in capitals or not', () => {
    for (const decision of ['granted', 'Refused', 'REVOKED', 'requested'])
      expect(said(decision, dated)).toEqual([
        {
          table: 'research_authorization',
          person_id: null,
          decision: decision.toLowerCase(),
          decided_date: '2014-03-01',
          decided_date_source: '2014-03',
        },
      ]);
    expect(said('', '{ decision: { value: requested } }')).toMatchObject([
      { decision: 'requested', decided_date: null },
    ]);
  });

  test('[R142] that say nothing, or something else, refuse their row', () => {
    expect(said('', dated)).toEqual(['consent.no-decision', undefined]);
    expect(said('maybe', dated)).toEqual(['table.unknown-value', 'Said']);
  });
});

describe('measurements', () => {
  const measured = (value: string, unit: string, more = '') =>
    decoded(
      'measurement',
      `{ ${DATE}, text: { value: weight }, value: V, unit: U, range_high: H }`,
      { V: value, U: unit, H: '' },
      more,
    );
  const POUNDS =
    'convert: [{ from: lb, to: kg, factor: 0.45359237 }, { from: degF, to: Cel, factor: 0.5, offset: -16 }]';

  test.each([
    ['5.2', 5.2, null],
    ['-1', -1, null],
    ['<5', null, '<'],
    ['>= 5.5', null, '>='],
    ['negative', null, null],
    ['1:80', null, null],
    ['7.2 (high)', null, null],
  ])('[R115] %s is the number %s', (text, number, operator) => {
    expect(measured(text, 'mg')).toMatchObject([
      { value_as_number: number, operator, value_source_value: text, unit_source_value: 'mg' },
    ]);
  });

  test.each(['5,2', '1.2.3', '<negative', "1'000"])('[R115] %s was meant as a number and is none', (text) => {
    expect(measured(text, 'mg')).toEqual(['table.bad-number', 'V']);
  });

  test('[R102] a decimal comma is one where the mapping says so', () => {
    expect(measured('5,25', 'mg', 'decimal: ","')).toMatchObject([
      { value_as_number: 5.25, value_source_value: '5,25' },
    ]);
    expect(measured('5.25', 'mg', 'decimal: ","')).toEqual(['table.bad-number', 'V']);
  });

  test('[R102] a value is converted where its unit is that of a conversion, and what was written stays', () => {
    expect(measured('150', 'lb', POUNDS)).toMatchObject([
      { value_as_number: 150 * 0.45359237, unit_source_value: 'kg', value_source_value: '150 lb' },
    ]);
    expect(measured('100', 'degF', POUNDS)).toMatchObject([{ value_as_number: 34, unit_source_value: 'Cel' }]);
    expect(measured('70', 'kg', POUNDS)).toMatchObject([
      { value_as_number: 70, unit_source_value: 'kg', value_source_value: '70' },
    ]);
  });

  test('[R102] no number is lost or made on the way', () => {
    fc.assert(
      fc.property(fc.integer(), (tenThousandths) => {
        const written = (tenThousandths / 10_000).toFixed(4);
        expect(measured(written, 'kg', POUNDS)).toMatchObject([{ value_as_number: Number(written) }]);
        const comma = measured(written.replace('.', ','), 'lb', `decimal: ","\n${POUNDS}`);
        expect(comma).toMatchObject([{ value_as_number: Number(written) * 0.45359237 }]);
      }),
      { numRuns: 100 },
    );
  });
});
