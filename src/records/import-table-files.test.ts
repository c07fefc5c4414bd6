import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { rowId } from '../base/index.ts';
import { HEADER, line, MAPPING, people, quarantined } from './fills.test-support.ts';
import { importTable } from './import-table.ts';
import { how, newPlace, type Place } from './records.test-support.ts';
import { writeSpreadsheet } from './table/spreadsheet.test-support.ts';

const REGISTRY = `source: registry
becomes: condition_occurrence
row_id: No
columns:
  date: { column: Since, format: D.M.YYYY }
  text: Disease
  code: { column: ICD, system: ICD9CM }
person:
  record_number: MRN
  family_name: Name
linkage:
  - match: [record_number]
    check: [family_name]
`;

function fileAt(place: Place, name: string, bytes: Uint8Array): string {
  const path = place.write(name, []);
  writeFileSync(path, bytes);
  return path;
}

describe('a table in a spreadsheet', () => {
  const header = ['No', 'MRN', 'Name', 'Since', 'Disease', 'ICD'];
  const rows = {
    1: header,
    2: [{ number: '1' }, { number: '100' }, 'Müller', { serial: '41703' }, 'gout', { number: '709.29999999999995' }],
    4: ['2', '00200', "O'Neil", '7.8.2014', 'gout', null],
    5: ['3', '200', "O'Neil", { serial: '41703' }, { error: '#N/A' }, null],
    6: ['4', '200', "O'Neil", { serial: '0.5' }, 'gout', null],
    7: ['5', '200', "O'Neil", null, 'gout', null, 'beyond'],
  };

  test('[R103][R104][R105] becomes rows with the places of the sheet', async () => {
    using place = newPlace();
    await place.import(people);
    const table = place.write('registry.xlsx', []);
    writeSpreadsheet(table, { Notes: { 1: ['x'] }, Cases: rows });
    const mapping = place.write('mapping.yaml', [REGISTRY.replace('row_id', 'sheet: Cases\nrow_id')]);
    const report = await importTable(place.workspace, mapping, [table], how);
    expect(report).toMatchObject({ lines: 5, stored: 2, quarantined: 3 });
    expect(quarantined(place, report)).toMatchObject([
      { file: 'registry.xlsx', line: 5, reason: 'table.error-cell', element: 'Disease' },
      { line: 6, reason: 'table.bad-date' },
      { line: 7, reason: 'table.columns' },
    ]);
    const stored = await place.query('SELECT * FROM condition_occurrence ORDER BY src_line');
    expect(stored).toMatchObject([
      { person_id: rowId('Patient/anna'), condition_start_date: '2014-03-05', src_line: '2', src_id: 'registry/1' },
      { person_id: rowId('Patient/ben'), condition_start_date: '2014-08-07', src_line: '4', src_id: 'registry/2' },
    ]);
    expect(await place.query('SELECT * FROM coding')).toMatchObject([
      { person_id: rowId('Patient/anna'), table_name: 'condition_occurrence', vocabulary_id: 'ICD9CM', code: '709.3' },
    ]);
  });

  test('[R101] that says another code next time has the new one alone', async () => {
    using place = newPlace();
    await place.import(people);
    const mapping = place.write('mapping.yaml', [REGISTRY]);
    const import_ = (code: string) =>
      importTable(
        place.workspace,
        mapping,
        [place.write('registry.csv', [header.join(), `1,100,Müller,5.3.2014,gout,${code}`])],
        how,
      );
    await import_('274.9');
    expect(await import_('274.0')).toMatchObject({ stored: 1, changed: true });
    expect(await place.query('SELECT code FROM coding')).toEqual([{ code: '274.0' }]);
    expect(await place.query('SELECT count(*) AS n FROM condition_occurrence')).toEqual([{ n: '1' }]);
  });
});

describe('a table as text', () => {
  const text = [HEADER, line({ number: '100', family: 'Müller' }), line({ rx: 'C2', number: '200' })].join('\n');

  test('[R107] is read from windows-1252 where the mapping says so, and else refused', async () => {
    using place = newPlace();
    await place.import(people);
    const table = fileAt(place, 'fills.csv', Buffer.from(text, 'latin1'));
    const plain = await importTable(place.workspace, place.write('m.yaml', [MAPPING]), [table], how);
    expect(plain.reasons).toEqual({ 'table.unreadable': 1 });
    const mapping = place.write('mapping.yaml', [MAPPING.replace('row_id', 'encoding: windows-1252\nrow_id')]);
    expect(await importTable(place.workspace, mapping, [table], how)).toMatchObject({ lines: 2, quarantined: 0 });
  });

  test('[R107] is read from gzip; one that is cut off is an error', async () => {
    using place = newPlace();
    await place.import(people);
    const mapping = place.write('mapping.yaml', [MAPPING]);
    const packed = gzipSync(text);
    const whole = await importTable(place.workspace, mapping, [fileAt(place, 'fills.csv.gz', packed)], how);
    expect(whole).toMatchObject({ lines: 2, stored: 2, files: [{ name: 'fills.csv.gz', lines: 2 }] });
    const cut = importTable(place.workspace, mapping, [fileAt(place, 'cut.csv.gz', packed.subarray(0, 40))], how);
    await expect(cut).rejects.toMatchObject({ code: 'base.damaged-file' });
  });
});

test('[R108] a table of persons becomes persons, whom other tables find', async () => {
  using place = newPlace();
  const persons = `source: cases
becomes: person
row_id: No
columns:
  record_number: MRN
  family_name: Name
  given_name: Given
  sex: Sex
  birth_date: { column: Born, format: YYYY-MM-DD }
`;
  const table = place.write('cases.csv', ['No,MRN,Name,Given,Sex,Born', '1,100,Müller,Anna,f,1950-03-04', '2,,,,x,']);
  const report = await importTable(place.workspace, place.write('cases.yaml', [persons]), [table], how);
  expect(report).toMatchObject({ stored: 1, quarantined: 1, reasons: { 'table.unknown-value': 1 } });
  expect(report.linkage).toBeUndefined();
  await importTable(
    place.workspace,
    place.write('mapping.yaml', [MAPPING]),
    [place.write('fills.csv', [HEADER, line({ number: '100', family: 'Müller' })])],
    how,
  );
  const found = await place.query(
    'SELECT person_source_value AS person, sex FROM drug_exposure JOIN person USING (person_id)',
  );
  expect(found).toEqual([{ person: 'cases/1', sex: 'female' }]);
});

test('[R142] a table of letters becomes decisions about research of those whom its rows are linked to', async () => {
  using place = newPlace();
  await place.import(people);
  const letters = `source: letters
becomes: research_authorization
row_id: No
columns: { date: { column: Sent, format: YYYY-MM-DD }, decision: { value: requested } }
person: { record_number: MRN }
linkage: [{ match: [record_number] }]
`;
  const rows = ['No,MRN,Sent', '1,100,2014-03-05', '2,100,2014-05-05', '3,12345,2014-05-05'];
  const files = [place.write('letters.csv', rows)];
  const mapping = place.write('letters.yaml', [letters]);
  const report = await importTable(place.workspace, mapping, files, how);
  expect(report).toMatchObject({ stored: 2, reasons: { 'linkage.none': 1 } });
  const again = place.write('letters.csv', ['No,MRN,Sent', '1,100,2014-03-06']);
  await importTable(place.workspace, mapping, [again], how);
  const found = await place.query(
    'SELECT decision, decided_date FROM research_authorization SEMI JOIN person USING (person_id) ORDER BY decided_date',
  );
  expect(found).toEqual([
    { decision: 'requested', decided_date: '2014-03-06' },
    { decision: 'requested', decided_date: '2014-05-05' },
  ]);
});

describe('a dry run of a table', () => {
  test('[R117] shows ten rows as they would be stored, whose they are and by which rule, and no names', async () => {
    using place = newPlace();
    await place.import(people);
    const rows = [
      line({ number: '100', family: 'Müller' }),
      line({ rx: 'C2', filled: 'none' }),
      line({ rx: 'C3', family: 'Twin', given: 'Jo', born: '01/01/1980' }),
      ...Array.from({ length: 10 }, (_, at) => line({ rx: `D${at}`, number: '999' })),
    ];
    const mapping = place.write('mapping.yaml', [MAPPING]);
    const table = place.write('fills.csv', [HEADER, ...rows]);
    const dry = await importTable(place.workspace, mapping, [table], { ...how, dryRun: true });
    expect(dry).toMatchObject({ dryRun: true, lines: 13, stored: 1, quarantined: 12 });
    expect(dry.linkage).toMatchObject({ byRule: { record_number: 1 }, ambiguous: 1, unlinked: 10, proposed: 1 });
    expect(dry.linkage?.file).toBeUndefined();
    expect(dry.preview).toHaveLength(10);
    expect(dry.preview?.slice(0, 3)).toEqual([
      {
        file: 'fills.csv',
        line: 2,
        person: 'Patient/anna',
        linkage: 'record_number',
        values: {
          drug_exposure_start_date: '2014-05-06',
          drug_kind: 'table',
          drug_source_value: 'urea',
          route: 'topical',
          dose_form: 'cream',
          quantity: 60,
          refills: 1,
        },
      },
      { file: 'fills.csv', line: 4, person: null, linkage: 'linkage.ambiguous', values: expect.anything() },
      { file: 'fills.csv', line: 5, person: null, linkage: 'linkage.none', values: expect.anything() },
    ]);
    expect(JSON.stringify(dry)).not.toMatch(/müller|twin/i);
    const real = await importTable(place.workspace, mapping, [table], how);
    expect(real).toMatchObject({ lines: 13, stored: 1, quarantined: 12, reasons: dry.reasons });
    expect(real.preview).toBeUndefined();
    const kept = readFileSync(join(place.workspace.paths.records, 'imports', `${real.id}.json`), 'utf8');
    expect(kept).not.toContain('urea');
  });
});
