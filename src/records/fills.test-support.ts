/** A pharmacy's fills, and people whom linkage can find, for the tests of tables. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportReport } from './import-report.ts';
import { importTable } from './import-table.ts';
import { how, known, newPlace, type Place } from './records.test-support.ts';

/** The columns of the pharmacy. */
export const HEADER = 'Rx,Filled,Number,Family,Given,Born,Patient,Drug,Form,Qty,Refills';
/** What they mean. */
export const MAPPING = `source: pharmacy
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

/** Patients, among them two alike and two with one record number. */
export const people = [
  known('anna', '00100', 'Müller', 'Anna Maria', '1950-03-04'),
  known('ben', '00200', "O'Neil", 'Ben', '1961-07-08'),
  known('eva', '00300', 'Katz', 'Eva', '1970'),
  known('jo1', '00400', 'Twin', 'Jo', '1980-01-01'),
  known('jo2', '00500', 'Twin', 'Jo', '1980-01-01'),
  known('old', '00600', 'First', 'Old', '1930-01-01'),
  known('new', '0600', 'Second', 'New', '1990-01-01'),
];

/** What a fill says; the rest is the same in every one. */
export interface Row {
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

/** A fill as a line of CSV. */
export function line(row: Row): string {
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

/** Imports fills by the mapping above. */
export function importLines(place: Place, lines: readonly string[], name = 'fills.csv'): Promise<ImportReport> {
  const mapping = place.write('mapping.yaml', [MAPPING]);
  return importTable(place.workspace, mapping, [place.write(name, [HEADER, ...lines])], how);
}

/** What became of fills. */
export interface Linked {
  readonly report: ImportReport;
  /** What each row has found: a person, or the reason why none. */
  readonly found: readonly string[];
}

/** Imports the people above, then the rows. */
export async function linked(rows: readonly Row[]): Promise<Linked> {
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
export function quarantined(place: Place, report: ImportReport): Record<string, unknown>[] {
  if (report.quarantineFile === undefined) return [];
  const list = readFileSync(join(place.workspace.paths.records, report.quarantineFile), 'utf8');
  return list
    .trim()
    .split('\n')
    .map((each) => JSON.parse(each));
}

/** `C0 anna`: the rows that are stored, and whose they are. */
export async function personsOf(place: Place): Promise<string[]> {
  const rows = await place.query(`SELECT drug.src_id, person_source_value AS person FROM drug_exposure drug
    LEFT JOIN person USING (person_id) ORDER BY drug.src_id`);
  return rows.map(
    ({ src_id, person }) => `${src_id}`.replace(/^pharmacy\/|\|.*/g, '') + ` ${person}`.replace('Patient/', ''),
  );
}
