import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildTables, type DataSet, dataFile, type TextFile } from '../../analysis/index.ts';
import { daysBetween, type PartialDate } from '../../base/index.ts';
import { reproduce } from '../bundle/reproduction.ts';
import { anyPatient, frostbiteData, type Patient } from '../frostbite-data.test-support.ts';
import { type DateRule, deidentify } from './deidentify.ts';
import { refuseDates } from './refuse-dates.ts';
import { daysShifted } from './shift-dates.ts';

const patients = fc.array(anyPatient, { maxLength: 5 });
const shifted: DateRule = { daysOf: (subject) => daysShifted('secret', subject) };

/** All files with data of subjects, as they leave. */
function leaving(data: DataSet, dates: DateRule = 'year'): TextFile[] {
  const files = deidentify(data, dates).tables.map(dataFile);
  return [...files, ...reproduce(data, buildTables(data), files).files];
}

const cells = ({ name, text }: TextFile): string[] =>
  name.endsWith('.csv') ? (parse(text) as string[][]).slice(1).flat() : [];
const rowsOf = (files: readonly TextFile[], name: string): Record<string, string>[] =>
  parse(files.find((file) => file.name === name)?.text ?? '', { columns: true });

type Plain = Record<string, string>;

const farmer: Patient = {
  sex: 'female',
  birthDate: '1970-07-15',
  baseline: {
    occupation: 'farmer',
    started: '2015-03-05',
    ended: '2015-05-05',
    severity: 'mild',
    dose: 2.5,
    age_then: 30,
  },
  visits: [
    { visit: 'toe@2015-04-01', part: 'toe', seen: '2015-04-01', state: 'same' },
    { visit: 'toe@2015-05-01', part: 'toe', seen: '2015-05-01', state: 'healed' },
  ],
};
const [row] = rowsOf(leaving(frostbiteData([farmer])), 'data/subjects.csv');

describe('a released data set', () => {
  test('[R40] has no date finer than a year, whoever the patients are', () => {
    fc.assert(
      fc.property(patients, (some) => {
        const dated = leaving(frostbiteData(some))
          .filter(({ name }) => name !== 'data/answers.csv')
          .flatMap(cells)
          .filter((cell) => /\d{4}-\d\d/.test(cell));
        expect(dated).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  test('[R40] is looked at a last time: a file of data with such a date is refused, and named', () => {
    const file = (name: string, cell: string) => [{ name, text: `subject,x\nS001,${cell}\n` }];
    for (const cell of ['2015-03-02', '2015-03', '2015-03-02T10:00:00Z'])
      expect(() => refuseDates(file('data/x.csv', cell))).toThrow(
        expect.objectContaining({ code: 'publish.date-left', message: expect.stringContaining('data/x.csv') }),
      );
    expect(() => refuseDates([...file('data/x.csv', '2015'), ...file('searches.csv', '2015-03-02')])).not.toThrow();
  });

  test('[R41] has nothing of a free text, nor of what is worked out of one', () => {
    fc.assert(
      fc.property(patients, fc.boolean(), (some, isShifted) => {
        const texts = leaving(frostbiteData(some), isShifted ? shifted : 'year').flatMap(cells);
        expect(texts.filter((cell) => /#|^farmer|1984/.test(cell))).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  test('[R42] has no age over 89, and no date of somebody who is', () => {
    fc.assert(
      fc.property(patients, fc.boolean(), (some, isShifted) => {
        const data = frostbiteData(some);
        const files = leaving(data, isShifted ? shifted : 'year');
        const old = new Set(deidentify(data, 'year').over89);
        for (const one of rowsOf(files, 'data/subjects.csv')) {
          for (const name of ['baseline.age', 'baseline.age_then'])
            expect(one[name] === '90+' || Number(one[name]) <= 89, name).toBe(true);
          if (old.has(one.subject ?? '')) expect(one['baseline.started']).toMatch(/^(\(withheld\)|)$/);
        }
        const answers = rowsOf(files, 'data/answers.csv').filter(({ expression }) => /age/.test(expression ?? ''));
        for (const { answer } of answers)
          expect(answer === '90+' || answer === 'false' || Number(answer) <= 89).toBe(true);
      }),
      { numRuns: 25 },
    );
    const old = { ...farmer, birthDate: '1924-01-01', baseline: { ...farmer.baseline, age_then: 91 } };
    expect(rowsOf(leaving(frostbiteData([old])), 'data/subjects.csv')[0]).toMatchObject({
      'baseline.age': '90+',
      'baseline.age_then': '90+',
      'baseline.started': '(withheld)',
    });
  });

  test('[R43] keeps spans, numbers, choices and why there is no value', () => {
    expect(row).toMatchObject({
      'baseline.severity': 'mild',
      'baseline.parts_missing': 'not-documented',
      'baseline.dose': '2.5',
      'baseline.age': '44',
      'baseline.lasted': '2.00410677618',
      dosed: 'high',
      worker: 'true',
    });
  });

  test('[R43] withholds a birth year, and a number that counts from a day of the calendar', () => {
    expect(row).toMatchObject({ born: '(withheld)', day_number: '(withheld)', 'response.explained': '(withheld)' });
  });

  test('[R44] numbers lesions and rows within the subject', () => {
    expect(rowsOf(leaving(frostbiteData([farmer])), 'data/visit.csv')).toMatchObject([
      { subject: 'S001', visit: '1', part: '1', seen: '2015', state: 'same' },
      { subject: 'S001', visit: '2', part: '1', seen: '2015', state: 'healed' },
    ]);
  });

  test('[R45] moves all full dates of a person by the same days, another number for another secret', () => {
    fc.assert(
      fc.property(patients, (some) => {
        const data = frostbiteData(some);
        const files = leaving(data, shifted);
        const old = new Set(deidentify(data, shifted).over89);
        for (const one of rowsOf(files, 'data/subjects.csv')) {
          if (old.has(one.subject ?? '')) continue;
          const { started = '', ended = '' } = { ...some[Number(one.subject?.slice(1)) - 1]?.baseline } as Plain;
          if (started.length < 10 || ended.length < 10) continue;
          const days = (a = '', b = '') => daysBetween(a as PartialDate, b as PartialDate).min;
          expect(days(one['baseline.started'], one['baseline.ended'])).toBe(days(started, ended));
          expect(days(one['baseline.started'], started)).toBe(daysShifted('secret', one.subject ?? ''));
        }
      }),
      { numRuns: 25 },
    );
    const drawn = Array.from({ length: 200 }, (_, at) => daysShifted('secret', `S${at}`));
    expect([Math.min(...drawn) >= 1, Math.max(...drawn) <= 365]).toEqual([true, true]);
    expect(drawn).not.toEqual(Array.from({ length: 200 }, (_, at) => daysShifted('other', `S${at}`)));
  });

  test('[R46] says of every column how it was treated', () => {
    const told = new Map(
      deidentify(frostbiteData([farmer]), 'year').tables[0]?.columns.map(({ name, released }) => [name, released]),
    );
    expect(told.get('baseline.started')).toBe('year alone');
    expect(told.get('baseline.occupation')).toBe('withheld');
    expect(told.get('baseline.dose')).toBe('as recorded');
    expect(told.get('subject')).toBe('number in the study');
  });
});
