import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { dataFiles } from './data-files.ts';
import { psoriasisData, psoriasisProtocol } from './psoriasis-data.test-support.ts';

const files = new Map(dataFiles(psoriasisData()).map((file) => [file.name, file.text]));
const rowsOf = (name: string): Record<string, string>[] => parse(files.get(name) ?? '', { columns: true });

describe('the data set as CSV', () => {
  test('[R10] has a file for the subjects and one for each instrument that repeats', () => {
    expect([...files.keys()]).toEqual(['data/subjects.csv', 'data/plaque.csv', 'data/event.csv', 'data/codebook.csv']);
    expect(rowsOf('data/subjects.csv').map((row) => row.subject)).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `S00${n}`),
    );
    expect(rowsOf('data/event.csv')).toEqual([
      { subject: 'S002', number: '1', grade: '3', grade_missing: '', stopped: 'true', stopped_missing: '' },
      { subject: 'S003', number: '1', grade: '1', grade_missing: '', stopped: 'false', stopped_missing: '' },
      { subject: 'S006', number: '1', grade: '', grade_missing: 'conflicting', stopped: 'false', stopped_missing: '' },
    ]);
  });

  test('[R10] a missing value is an empty cell with its kind beside it', () => {
    const [, second, , fourth, fifth, , , eighth] = rowsOf('data/subjects.csv');
    expect(second).toMatchObject({
      'baseline.nails': 'pits; lifting',
      'baseline.nails_missing': '',
      'baseline.age': '44',
    });
    expect(fourth).toMatchObject({ 'baseline.nails': '', 'baseline.nails_missing': 'not-documented' });
    expect(fifth).toMatchObject({ 'baseline.dose': '', 'baseline.dose_missing': 'not-documented', high_dose: '' });
    expect(eighth).toMatchObject({
      'baseline.dose': '',
      'baseline.dose_missing': '',
      'baseline.age': '',
      'response.category': 'not',
    });
  });

  test('[R10] the codebook describes every column, and no other', () => {
    const described = rowsOf('data/codebook.csv');
    const columns = ['data/subjects.csv', 'data/plaque.csv', 'data/event.csv'].flatMap((name) => {
      const [header] = parse(files.get(name) ?? '') as string[][];
      return (header ?? []).map((column) => [name, column]);
    });
    expect(described.map((row) => [row.file, row.column])).toEqual(columns);
    expect(described.filter((row) => row.label === '' || row.type === '')).toEqual([]);
    const of = (column: string) => described.find((row) => row.column === column);
    expect(of('baseline.severity')).toMatchObject({
      label: 'Severity',
      type: 'choice',
      choices: 'mild=Mild; severe=Severe',
    });
    expect(of('baseline.dose')).toMatchObject({ type: 'decimal', unit: 'mg' });
    expect(of('baseline.severity_missing')).toMatchObject({
      choices: 'not-documented; documented-absent; not-applicable; conflicting',
    });
  });

  test('[R10] no birth date, person or id of the records leaves', () => {
    for (const [name, text] of files) expect(text, name).not.toMatch(/1970-07-15|Patient\/|DocumentReference/);
  });

  test('[R10] what is worked out must not be the birth date', () => {
    const leaking = (value: string) =>
      psoriasisData(psoriasisProtocol(`variables: [{ id: born, label: Born, value: ${value} }]`));
    expect(() => dataFiles(leaking('person.birthDate'))).toThrow(
      expect.objectContaining({ code: 'analysis.birth-date', message: expect.not.stringContaining('1970') }),
    );
    expect(dataFiles(leaking('person.birthDate.yearsTo(baseline.started)'))[0]?.text).toContain(',44\n');
  });
});
