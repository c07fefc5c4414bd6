import { describe, expect, test } from 'vitest';
import { rowId } from '../base/index.ts';
import type { ImportReport } from './import-report.ts';
import { importVocabulary } from './import-vocabulary.ts';
import { type CodeEntry, knownVocabularies, lookUpCode } from './look-up-code.ts';
import { openRecords, type Parameters, type Records } from './open-records.ts';
import { how, newPlace, type Place } from './records.test-support.ts';

const icd10 = (...lines: string[]) => ['code,billable,description', ...lines];
const gem = (...lines: string[]) => ['source,scenario,type,approximate,choice_list,target', ...lines];

/** Imports files by their names; each is its lines. */
function importing(
  place: Place,
  files: Readonly<Record<string, readonly string[]>>,
  system?: string,
): Promise<ImportReport> {
  const paths = Object.entries(files).map(([name, lines]) => place.write(name, lines));
  return importVocabulary(place.workspace, paths, { ...how, system });
}

const names = 'SELECT concept_code AS code, concept_name AS name FROM concept ORDER BY code';
const look = (place: Place, vocabulary: string, code: string) => lookUpCode(recordsOf(place), vocabulary, code);
const recordsOf = (place: Place): Pick<Records, 'all'> => ({
  all: async <Row>(sql: string, parameters?: Parameters) => (await place.query(sql, parameters)) as Row[],
});

describe('code lists', () => {
  test('[R60] a code is known by its vocabulary and code, with its row id', async () => {
    using place = newPlace();
    await importing(place, { 'icd10cm.csv': icd10('M10,False,Gout', 'M100,True,Idiopathic gout') });
    expect(
      await place.query('SELECT concept_id, src_id, concept_class_id AS kind FROM concept ORDER BY src_id'),
    ).toEqual([
      { concept_id: rowId('ICD10CM/M10').toString(), src_id: 'ICD10CM/M10', kind: 'nonbill code' },
      { concept_id: rowId('ICD10CM/M10.0').toString(), src_id: 'ICD10CM/M10.0', kind: 'billing code' },
    ]);
  });

  test('[R60] the list that was imported last gives the name, and what is there already changes nothing', async () => {
    using place = newPlace();
    const files = { 'icd10cm-2018.csv': icd10('M100,True,Old', 'M101,True,Gone') };
    const first = await importing(place, files);
    expect(await importing(place, files)).toMatchObject({ changed: false, snapshot: first.snapshot, superseded: 2 });
    const next = await importing(place, { 'icd10cm-2019.csv': icd10('M100,True,New') });
    expect(next).toMatchObject({ kind: 'vocabulary', changed: true, stored: 1 });
    expect(await place.query(names)).toEqual([
      { code: 'M10.0', name: 'New' },
      { code: 'M10.1', name: 'Gone' },
    ]);
  });

  test('[R6][R19] every line is accounted for, bad ones by their place', async () => {
    using place = newPlace();
    const report = await importing(place, {
      'icd10cm.csv': icd10('M100,True,Gout', 'M100,True,Gout', '100,True,X', 'M101'),
      '2018_I9gem.txt': ['2740  M100    00000', 'E8000 NoDx    11000', '2741  M101    10012'],
    });
    expect(report.byType).toEqual({
      ICD10CM: { lines: 4, stored: 1, superseded: 1, unmapped: 0, quarantined: 2 },
      'ICD9CM - ICD10CM gem': { lines: 3, stored: 1, superseded: 0, unmapped: 1, quarantined: 1 },
    });
    expect(report.reasons).toEqual({ 'vocabulary.bad-code': 1, 'vocabulary.bad-flags': 1, 'vocabulary.bad-line': 1 });
    expect(report.files.map(({ name, lines }) => [name, lines])).toEqual([
      ['2018_I9gem.txt', 3],
      ['icd10cm.csv', 4],
    ]);
  });

  test('[R60] a system that is named again reads the same file as its codes', async () => {
    using place = newPlace();
    const files = { 'codes.csv': icd10('M10,False,Gout') };
    await expect(importing(place, files)).rejects.toMatchObject({ code: 'vocabulary.unknown-system' });
    await importing(place, files, 'ICD10GM');
    await importing(place, files, 'ICD10CM');
    expect(await knownVocabularies(recordsOf(place))).toEqual([
      { vocabulary: 'ICD10CM', codes: 1 },
      { vocabulary: 'ICD10GM', codes: 1 },
    ]);
  });
});

describe('crosswalks', () => {
  test('[R60] a mapping is known by its ends, a part of a combination by its place in it', async () => {
    using place = newPlace();
    const lines = ['2740,0,simple,True,0,M100', '2740,1,combination,True,2,M100', '2740,2,combination,True,2,M100'];
    expect(await importing(place, { 'gem-9-to-10.csv': gem(...lines) })).toMatchObject({ lines: 3, stored: 3 });
    expect(await place.query('SELECT src_id, relationship_id FROM concept_relationship ORDER BY src_id')).toEqual([
      { src_id: 'gem/ICD9CM/274.0/ICD10CM/M10.0', relationship_id: 'ICD9CM - ICD10CM gem' },
      { src_id: 'gem/ICD9CM/274.0/ICD10CM/M10.0/1.2', relationship_id: 'GEM combination' },
      { src_id: 'gem/ICD9CM/274.0/ICD10CM/M10.0/2.2', relationship_id: 'GEM combination' },
    ]);
  });

  const codes = { 'icd10cm.csv': icd10('M100,True,Gout') };
  const crosswalk = { 'gem-9-to-10.csv': gem('2740,0,simple,True,0,M100', '2741,0,simple,True,0,M101') };

  test.each([
    ['together', [{ ...codes, ...crosswalk }]],
    ['the list first', [codes, crosswalk]],
    ['the crosswalk first and again', [crosswalk, codes, crosswalk]],
  ])('[R61] a list names what a crosswalk only mentions: %s', async (_order, imports) => {
    using place = newPlace();
    for (const files of imports) await importing(place, files);
    expect(await place.query(names)).toEqual([
      { code: '274.0', name: null },
      { code: '274.1', name: null },
      { code: 'M10.0', name: 'Gout' },
      { code: 'M10.1', name: null },
    ]);
  });
});

describe('looking a code up', () => {
  test('[R62] tells what is above and below by its beginning, and both ends of mappings', async () => {
    using place = newPlace();
    await importing(place, {
      'icd10cm.csv': icd10('M10,False,Gout', 'M100,False,Idiopathic', 'M1007,True,Foot', 'M11,False,Other'),
      'gem-9-to-10.csv': gem('2740,0,simple,True,0,M100', '2749,1,combination,True,1,M100'),
      'gem-10-to-9.csv': gem('M100,0,simple,True,0,2748'),
    });
    const entry = await look(place, 'ICD10CM', 'm100');
    const code = (one: { code: string }) => one.code;
    expect(entry).toMatchObject({ vocabulary: 'ICD10CM', code: 'M10.0', name: 'Idiopathic', kind: 'nonbill code' });
    expect([entry?.above.map(code), entry?.below.map(code)]).toEqual([['M10'], ['M10.07']]);
    expect(entry?.mapsTo).toEqual([
      { vocabulary: 'ICD9CM', code: '274.8', name: null, relationship: 'ICD10CM - ICD9CM gem' },
    ]);
    expect(entry?.mappedFrom.map((one) => [one.code, one.relationship])).toEqual([
      ['274.9', 'GEM combination'],
      ['274.0', 'ICD9CM - ICD10CM gem'],
    ]);
    expect(await look(place, 'ICD10CM', 'M99')).toBeUndefined();
    expect(await look(place, 'ICD9CM', 'M10.0')).toBeUndefined();
  });

  test('[R62] asks the hierarchy of the records where codes do not tell, and knows a code that is a concept twice', async () => {
    using place = newPlace();
    await importing(place, { 'gem-9-to-10.csv': gem('2740,0,simple,True,0,M100') });
    const records = await openRecords(place.workspace);
    const omop = `UNION ALL BY NAME SELECT * FROM (VALUES
      (1, 'SNOMED', '90560007', 'Gout'), (2, 'SNOMED', '1', 'Disease'), (3, 'SNOMED', '2', 'Arthropathy'),
      (4, 'SNOMED', '3', 'Tophaceous gout'), (5, 'ICD10CM', 'M10.0', 'Idiopathic gout')
    ) AS t(concept_id, vocabulary_id, concept_code, concept_name)`;
    try {
      await records.run('CREATE TABLE list AS FROM concept; CREATE TABLE gem AS FROM concept_relationship');
      await records.run(`CREATE OR REPLACE VIEW concept AS FROM list ${omop}`);
      await records.run(`CREATE OR REPLACE VIEW concept_relationship AS FROM gem
        UNION ALL BY NAME SELECT 5 AS concept_id_1, 1 AS concept_id_2, 'Maps to' AS relationship_id
        UNION ALL BY NAME SELECT 1 AS concept_id_1, 1 AS concept_id_2, 'Maps to' AS relationship_id`);
      await records.run(`CREATE OR REPLACE VIEW concept_ancestor AS SELECT * FROM (VALUES
        (2, 1, 2), (3, 1, 1), (1, 1, 0), (1, 4, 1)) AS t(ancestor_concept_id, descendant_concept_id, min_levels_of_separation)`);
      const gout = await lookUpCode(records, 'SNOMED', '90560007');
      const names = (codes: CodeEntry['above'] = []) => codes.map(({ name }) => name);
      expect([names(gout?.above), names(gout?.below)]).toEqual([['Disease', 'Arthropathy'], ['Tophaceous gout']]);
      expect([names(gout?.mapsTo), names(gout?.mappedFrom)]).toEqual([[], ['Idiopathic gout']]);
      const twice = await lookUpCode(records, 'ICD10CM', 'M100');
      expect(twice).toMatchObject({ code: 'M10.0', name: 'Idiopathic gout', above: [], below: [] });
      expect([names(twice?.mapsTo), twice?.mappedFrom.map(({ code }) => code)]).toEqual([['Gout'], ['274.0']]);
    } finally {
      records.close();
    }
  });
});
