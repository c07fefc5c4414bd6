import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rowId } from '../base/index.ts';
import type { ImportReport } from './import-report.ts';
import { importTable } from './import-table.ts';
import { how, known, newPlace, type Place } from './records.test-support.ts';

const HEADER = 'Rx,Filled,Number,Family,Given,Born,Patient,Drug,Form,Qty,Refills';
const MAPPING = `source: pharmacy
becomes: drug_exposure
row_id: [Rx, Filled]
columns:
  date: { column: Filled, format: [MM/DD/YYYY, MM/YYYY] }
  drug: Drug
  form: Form
  quantity: Qty
  refills: Refills
person:
  record_number: Number
  family_name: Family
  given_name: Given
  birth_date: { column: Born, format: [MM/DD/YYYY, YYYY] }
  source_patient: Patient
linkage:
  - match: [record_number]
    check: [birth_date, family_name]
  - match: [family_name, given_name, birth_date]
  - match: [source_patient]
    check: [birth_date, family_name]
`;

const people = [
  known('anna', '00100', 'Müller', 'Anna Maria', '1950-03-04'),
  known('ben', '00200', "O'Neil", 'Ben', '1961-07-08'),
  known('eva', '00300', 'Katz', 'Eva', '1970'),
  known('jo1', '00400', 'Twin', 'Jo', '1980-01-01'),
  known('jo2', '00500', 'Twin', 'Jo', '1980-01-01'),
  known('old', '00600', 'First', 'Old', '1930-01-01'),
  known('new', '0600', 'Second', 'New', '1990-01-01'),
];

interface Row {
  readonly rx?: string;
  readonly filled?: string;
  readonly number?: string;
  readonly family?: string;
  readonly given?: string;
  readonly born?: string;
  readonly patient?: string;
  readonly qty?: string;
  readonly refills?: string;
}

function line(row: Row): string {
  const { rx = 'C1', filled = '05/06/2014', number = '', family = '', given = '', born = '', patient = '' } = row;
  return [
    rx,
    filled,
    number,
    family,
    given,
    born,
    patient,
    'urea',
    'cream',
    row.qty ?? '60',
    row.refills ?? '1',
  ].join();
}

function importLines(place: Place, lines: readonly string[], name = 'fills.csv'): Promise<ImportReport> {
  const mapping = place.write('mapping.yaml', [MAPPING]);
  return importTable(place.workspace, mapping, [place.write(name, [HEADER, ...lines])], how);
}

interface Linked {
  readonly report: ImportReport;
  /** What each row has found: a person, or the reason why none. */
  readonly found: readonly string[];
}

/** Imports the people above, then the rows. */
async function linked(rows: readonly Row[]): Promise<Linked> {
  using place = newPlace();
  await place.import(people);
  const report = await importLines(
    place,
    rows.map((row, at) => line({ rx: `C${at}`, ...row })),
  );
  const persons = new Map((await personsOf(place)).map((each) => each.split(' ') as [string, string]));
  const reasons = new Map(quarantined(place, report).map((each) => [Number(each.line), String(each.reason)]));
  return { report, found: rows.map((_, at) => persons.get(`C${at}`) ?? reasons.get(at + 2) ?? 'lost') };
}

/** The lines of the quarantine file. */
function quarantined(place: Place, report: ImportReport): Record<string, unknown>[] {
  if (report.quarantineFile === undefined) return [];
  const list = readFileSync(join(place.workspace.paths.records, report.quarantineFile), 'utf8');
  return list
    .trim()
    .split('\n')
    .map((each) => JSON.parse(each));
}

/** `C0 anna`: the rows that are stored, and whose they are. */
async function personsOf(place: Place): Promise<string[]> {
  const rows = await place.query(`SELECT drug.src_id, person_source_value AS person FROM drug_exposure drug
    LEFT JOIN person USING (person_id) ORDER BY drug.src_id`);
  return rows.map(
    ({ src_id, person }) => `${src_id}`.replace(/^pharmacy\/|\|.*/g, '') + ` ${person}`.replace('Patient/', ''),
  );
}

describe('linkage', () => {
  const finding: readonly [string, string, Row][] = [
    ['R20', 'anna', { number: ' 0100', family: 'Mueller', born: '03/04/1950' }],
    ['R20', 'ben', { number: '200' }],
    ['R21', 'ben', { family: 'ONEIL', given: 'BEN', born: '07/08/1961' }],
    ['R21', 'anna', { family: 'MULLER', given: 'Anna-Maria', born: '03/04/1950' }],
    ['R22', 'anna', { family: 'Muller', given: 'Anna', born: '03/04/1950' }],
    ['R22', 'ben', { family: 'O Neil', given: 'Ben Adam', born: '07/08/1961' }],
    ['R23', 'eva', { number: '300', born: '12/31/1970', family: 'Married' }],
    ['R26', 'anna', { number: '100', family: 'Schmidt', born: '03/04/1950' }],
    ['R26', 'anna', { number: '100', family: 'Müller', born: '04/03/1950' }],
    ['R26', 'anna', { number: '100' }],
  ];

  test('[R20][R21][R22][R23][R26] a row finds a person', async () => {
    const { report, found } = await linked(finding.map(([, , row]) => row));
    expect(found).toEqual(finding.map(([, person]) => person));
    expect(report).toMatchObject({ stored: finding.length, quarantined: 0, linkage: { unlinked: 0 } });
  });

  const missing: readonly [string, Row][] = [
    ['linkage.contradiction', { number: '100', family: 'Schmidt', born: '04/03/1950' }],
    ['linkage.contradiction', { number: '300', born: '12/31/1971' }],
    ['linkage.ambiguous', { family: 'Twin', given: 'Jo', born: '01/01/1980' }],
    ['linkage.ambiguous', { number: '600', family: 'First', born: '01/01/1930' }],
    ['linkage.none', { number: '999', family: 'Nobody' }],
    ['linkage.none', {}],
    ['linkage.none', { family: 'Katz', given: 'Eva', born: '1970' }],
    ['linkage.none', { family: 'Muller', given: 'Anna Sofia', born: '03/04/1950' }],
    ['linkage.none', { family: 'Müller', born: '03/04/1950' }],
  ];

  test('[R22][R23][R25][R26][R27] a row finds nobody, and the reason is told', async () => {
    const { report, found } = await linked(missing.map(([, row]) => row));
    expect(found).toEqual(missing.map(([reason]) => reason));
    expect(report).toMatchObject({ stored: 0, quarantined: missing.length });
    expect(report.reasons).toEqual({ 'linkage.ambiguous': 2, 'linkage.contradiction': 2, 'linkage.none': 5 });
  });

  test('[R24] the first rule that finds anybody decides', async () => {
    const { found } = await linked([
      { number: '200', family: "O'Neil" },
      { number: '200', family: 'Müller', given: 'Anna', born: '03/04/1950' },
      { number: '999', family: 'Müller', given: 'Anna', born: '03/04/1950' },
    ]);
    expect(found).toEqual(['ben', 'linkage.contradiction', 'anna']);
  });

  test("[R28] the source's own number finds whom another row of it found", async () => {
    const { report, found } = await linked([
      { patient: 'P1' },
      { patient: 'P1', number: '100' },
      { patient: 'P1', family: 'Schmidt', born: '01/01/2000' },
      { patient: 'P2', number: '100' },
      { patient: 'P2', number: '200' },
      { patient: 'P2' },
      { patient: 'P3' },
    ]);
    expect(found).toEqual([
      'anna',
      'anna',
      'linkage.contradiction',
      'anna',
      'ben',
      'linkage.ambiguous',
      'linkage.none',
    ]);
    expect(report.linkage).toMatchObject({
      byRule: { record_number: 3, 'family_name+given_name+birth_date': 0, source_patient: 1 },
      ambiguous: 1,
      contradiction: 1,
      unlinked: 1,
    });
  });

  test('[R27] the linkage file lists lines and reasons, and no names', async () => {
    using place = newPlace();
    await place.import(people);
    const report = await importLines(place, [line({ number: '100' }), line({ rx: 'C2', family: 'Schmidt' })]);
    const list = readFileSync(join(place.workspace.paths.records, report.linkage?.file ?? ''), 'utf8');
    expect(list).toBe('file,line,reason\nfills.csv,3,linkage.none\n');
    expect(quarantined(place, report)).toEqual([
      { file: 'fills.csv', line: 3, type: 'pharmacy', reason: 'linkage.none' },
    ]);
  });

  test('[R29] a row that found nobody finds the person who came since', async () => {
    using place = newPlace();
    await place.import(people.slice(0, 1));
    const row = line({ number: '200' });
    expect(await importLines(place, [row])).toMatchObject({ stored: 0, quarantined: 1, changed: false });
    await place.import(people);
    expect(await importLines(place, [row])).toMatchObject({ stored: 1, quarantined: 0, changed: true });
    expect(await personsOf(place)).toEqual(['C1 ben']);
  });

  test('[R29] a row that is linked no more is taken out, and comes back when it is', async () => {
    using place = newPlace();
    await place.import(people);
    await importLines(place, [line({ number: '200' })]);
    const double = known('double', '200', 'Other', 'Person', '2001-01-01');
    await place.import([double], 'double.ndjson');
    const lost = await importLines(place, [line({ number: '200' })]);
    expect(lost).toMatchObject({ lines: 1, stored: 0, superseded: 0, quarantined: 1, changed: true });
    expect(await personsOf(place)).toEqual([]);
    expect(await importLines(place, [line({ number: '200' })])).toMatchObject({ changed: false });
    await importLines(place, [line({ number: '100' })]);
    expect(await personsOf(place)).toEqual(['C1 anna']);
  });
});

describe('the rows of a table', () => {
  test('[R4][R6] the same table twice changes nothing', async () => {
    using place = newPlace();
    await place.import(people);
    const lines = [line({ number: '100' }), line({ rx: 'C2' }), line({ rx: 'C3', number: '200' })];
    const first = await importLines(place, lines);
    expect(first).toMatchObject({ kind: 'table', lines: 3, stored: 2, superseded: 0, quarantined: 1 });
    const second = await importLines(place, lines);
    expect(second).toMatchObject({ lines: 3, stored: 0, superseded: 2, quarantined: 1, changed: false });
    expect(second.snapshot).toBe(first.snapshot);
  });

  test('[R7][R8] are drug exposures with their precision and place', async () => {
    using place = newPlace();
    await place.import(people);
    await importLines(place, [line({ number: '100' }), line({ rx: 'C|2', filled: '06/2014', number: '100' })]);
    const rows = await place.query('SELECT * FROM drug_exposure ORDER BY src_line');
    expect(rows).toMatchObject([
      {
        drug_exposure_id: rowId('pharmacy/C1|05/06/2014').toString(),
        person_id: rowId('Patient/anna').toString(),
        drug_exposure_start_date: '2014-05-06',
        drug_exposure_start_date_source: '2014-05-06',
        drug_kind: 'table',
        drug_source_value: 'urea',
        dose_form: 'cream',
        route: 'topical',
        quantity: 60,
        refills: 1,
        src_file: 'fills.csv',
        src_line: '2',
        src_id: 'pharmacy/C1|05/06/2014',
      },
      {
        drug_exposure_start_date: '2014-06-01',
        drug_exposure_start_date_source: '2014-06',
        src_line: '3',
        src_id: 'pharmacy/C\\|2|06/2014',
      },
    ]);
  });

  test('[R3] of two rows with one id the last stands', async () => {
    using place = newPlace();
    await place.import(people);
    const report = await importLines(place, [line({ number: '100', qty: '30' }), line({ number: '100', qty: '90' })]);
    expect(report).toMatchObject({ lines: 2, stored: 1, superseded: 1 });
    expect(await place.query('SELECT quantity FROM drug_exposure')).toEqual([{ quantity: 90 }]);
  });

  const refused: readonly [string, string, string][] = [
    ['R30', 'table.no-row-id', line({ rx: ' ', number: '100' })],
    ['R30', 'table.no-row-id', line({ filled: '', number: '100' })],
    ['R31', 'table.bad-date', line({ filled: '13/13/2014', number: '100' })],
    ['R31', 'table.bad-date', line({ born: '3 March', number: '100' })],
    ['R32', 'table.unreadable', `${line({ number: '100' })},"`],
    ['R33', 'table.columns', `${line({ number: '100' })},x`],
    ['R33', 'table.columns', 'C1,05/06/2014'],
    ['R33', 'table.bad-number', line({ qty: 'one tube', number: '100' })],
    ['R33', 'table.bad-number', line({ refills: '1.5', number: '100' })],
    ['R33', 'table.unreadable', line({ family: 'M\uFFFDller', number: '100' })],
  ];

  test('[R30][R31][R32][R33] a row that cannot be read is refused with a reason, and no other is', async () => {
    using place = newPlace();
    await place.import(people);
    const report = await importLines(place, [...refused.map(([, , text]) => text), line({ rx: 'C9', number: '200' })]);
    expect(report).toMatchObject({ lines: refused.length + 1, stored: 1, quarantined: refused.length });
    expect(quarantined(place, report)).toMatchObject(refused.map(([, reason], at) => ({ line: at + 2, reason })));
  });

  test('[R34] a mistake in the mapping imports nothing', async () => {
    using place = newPlace();
    await place.import(people);
    const mapping = place.write('mapping.yaml', [MAPPING.replace('drug: Drug', 'drug: Medicine')]);
    const attempt = importTable(place.workspace, mapping, [place.write('fills.csv', [HEADER])], how);
    await expect(attempt).rejects.toMatchObject({
      code: 'mapping.invalid',
      problems: [{ code: 'mapping.unknown-column', place: { file: mapping, line: 6, column: 9 } }],
    });
  });

  test('files without a header, or of another kind, are an error', async () => {
    using place = newPlace();
    const mapping = place.write('mapping.yaml', [MAPPING]);
    const attempt = (path: string) => importTable(place.workspace, mapping, [path], how);
    await expect(attempt(place.write('empty.csv', []))).rejects.toMatchObject({ code: 'records.no-header' });
    await expect(attempt(place.write('fills.xlsx', ['PK']))).rejects.toMatchObject({ code: 'records.wrong-type' });
  });

  test('without any persons no row is linked', async () => {
    using place = newPlace();
    const report = await importLines(place, [line({ number: '100' })]);
    expect(report).toMatchObject({ lines: 1, stored: 0, quarantined: 1 });
  });
});
