import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildTables, type ResultTable, type TableRow } from '../../analysis/index.ts';
import { deidentify } from '../deidentify/deidentify.ts';
import { anyPatient, frostbiteData, frostbiteProtocol, type Patient } from '../frostbite-data.test-support.ts';
import { checkDisclosure } from './check-disclosure.ts';
import { chooseWarnings } from './choose-warnings.ts';
import { tableWarnings } from './table-warnings.ts';
import type { DisclosureWarning } from './warning.ts';

/** A table of one column: rows by their subjects. */
function table(
  n: number,
  rows: readonly (readonly [id: string, level: number, subjects: readonly number[]])[],
): ResultTable {
  return {
    id: 't',
    title: 'T',
    columns: [{ id: 'all', label: 'All', n }],
    footnotes: [],
    rows: rows.map(([id, level, subjects]): TableRow => {
      const cell = { column: 'all', n: subjects.length, N: n, percent: null, text: String(subjects.length) };
      const cells = [{ ...cell, subjects: subjects.map((one) => `S${one}`) }];
      const group = level === 0 ? 'Group' : 'Inner';
      return { id, group, label: id, level, cells, notes: [], groupNotes: [], missing: {}, by: 'x' };
    }),
  };
}

const upTo = (n: number, from = 0): number[] => Array.from({ length: n }, (_, at) => at + from);
const told = (warnings: readonly DisclosureWarning[]): string[] =>
  warnings.map(({ code, place }) => `${code} ${place}`);

function warningsOf(patients: readonly Patient[], more = ''): DisclosureWarning[] {
  const data = frostbiteData(patients, frostbiteProtocol(more));
  const searches = [{ id: 3, why: 'the arm of text', persons: 2 }];
  const { over89 } = deidentify(data, 'year');
  const overlaps = [
    { arms: ['a', 'b'], n: 3 },
    { arms: ['a'], n: 9 },
  ];
  const attrition = [{ id: 'late', label: 'Late', n: 9, removed: 2, kind: 'exclusion' as const }];
  return checkDisclosure({ data, results: buildTables(data), attrition, overlaps, searches, over89 });
}

const NOTHING_ELSE = { attrition: [], overlaps: [], searches: [], over89: [] };

const woman: Patient = {
  sex: 'female',
  birthDate: '1960-02-02',
  baseline: { severity: 'mild', started: '2015-02-02', dose: 1, age_then: 20 },
  visits: [],
};

describe('the disclosure check', () => {
  test('[R50] tells a cell of one to four, and not of none or five', () => {
    const some = table(40, [
      ['none', 0, []],
      ['one', 0, [1]],
      ['four', 1, upTo(4, 10)],
      ['five', 1, upTo(5, 20)],
    ]);
    expect(told(tableWarnings(some, 5)).filter((one) => one.startsWith('small'))).toEqual([
      'small-cell t/one/all',
      'small-cell t/four/all',
    ]);
    expect(told(tableWarnings(some, 2)).filter((one) => one.startsWith('small'))).toEqual(['small-cell t/one/all']);
  });

  test('[R51] tells a cell that all but a few are in', () => {
    expect(tableWarnings(table(40, [['most', 0, upTo(38)]]), 5)).toEqual([
      { code: 'small-rest', place: 't/most/all', text: 'All but 2 of 40.' },
    ]);
    expect(tableWarnings(table(40, [['all', 0, upTo(40)]]), 5)).toEqual([]);
  });

  test('[R52] tells what is left of a group, or of a row, when its rows are taken away', () => {
    const group = table(40, [
      ['a', 0, upTo(18)],
      ['b', 0, upTo(20, 18)],
    ]);
    expect(told(tableWarnings(group, 5))).toEqual(['computable t/a/all/rest']);
    const inner = table(40, [
      ['a', 0, upTo(20)],
      ['b', 1, upTo(8)],
      ['c', 1, upTo(9, 8)],
    ]);
    expect(told(tableWarnings(inner, 5))).toEqual(['computable t/a/all/rest']);
  });

  test('[R52] whatever the table, each small count that taking away gives is told', () => {
    const groups = fc.tuple(fc.integer({ min: 5, max: 30 }), fc.integer({ min: 5, max: 30 }), fc.nat(9));
    fc.assert(
      fc.property(groups, ([a, b, rest]) => {
        const warnings = tableWarnings(
          table(a + b + rest, [
            ['a', 0, upTo(a)],
            ['b', 0, upTo(b, a)],
          ]),
          5,
        );
        expect(warnings.some(({ code }) => code === 'computable')).toBe(rest > 0 && rest < 5);
      }),
    );
  });

  test('[R52] nothing can be taken away where rows overlap', () => {
    const overlapping = table(40, [
      ['a', 0, upTo(20)],
      ['b', 0, upTo(19, 19)],
    ]);
    expect(tableWarnings(overlapping, 5)).toEqual([]);
  });

  test('[R53] tells a lone person of a sex with an outcome', () => {
    const man = { ...woman, sex: 'male' };
    const lone = warningsOf([woman, woman, man]).filter(({ code }) => code === 'lone-sex');
    expect(lone).toEqual([
      { code: 'lone-sex', place: 'data/subjects.csv/male', text: 'One person of the sex "male" among all 3.' },
      {
        code: 'lone-sex',
        place: 'response/not/male',
        text: 'One person of the sex "male" with the response "Not healed" (of 3).',
      },
    ]);
    expect(warningsOf([woman, woman, man, man]).filter(({ code }) => code === 'lone-sex')).toEqual([]);
  });

  test('[R54] tells that somebody is over 89, in the data and where such an age is printed', () => {
    const ages = warningsOf([woman, { ...woman, birthDate: '1920-01-01' }]).filter(
      ({ code }) => code === 'age-over-89',
    );
    expect(ages.map(({ place }) => place)).toEqual(['data/subjects.csv', 'numbers/age']);
    expect(warningsOf([woman]).filter(({ code }) => code === 'age-over-89')).toEqual([]);
  });

  test('[R55] tells what was written by hand and is printed, and dates in it', () => {
    const note = `  - id: extra
    title: Seen until March 2015
    columns: [{ id: all, label: All, total: true }]
    groups: [{ id: g, label: G, notes: ["The farmer came on 3.4.2015."], rows: [{ id: r, label: R, when: "true" }] }]
statistics:`;
    const text = warningsOf([woman], '').filter(({ code }) => code === 'free-text');
    expect(told(text)).toEqual(['free-text searches/3']);
    const changed = frostbiteDataWith(note);
    expect(told(changed)).toEqual(['exact-date extra', 'exact-date extra/footnotes/1', 'free-text extra/footnotes/1']);
  });

  test('[R56] tells that shifted dates are not Safe Harbor', () => {
    const shifted = warningsOf([woman], 'release: { dates: shifted }').filter(({ code }) => code === 'shifted-dates');
    expect(shifted.map(({ place }) => place)).toEqual(['release.dates']);
  });

  test('[R50] tells small counts of the account, the statistics and the searches too', () => {
    expect(told(warningsOf([woman, woman]))).toEqual(
      expect.arrayContaining(['small-cell attrition/late', 'small-cell arms/a+b', 'small-cell searches/3']),
    );
  });

  test('[R50] tells small groups of a comparison, and few in a subgroup', () => {
    const protocol = frostbiteProtocol('', [
      'statistics: [',
      `statistics: [
        { id: doses, label: Doses, number: baseline.dose, by: baseline.severity, test: wilcoxon },
        { id: high, label: High, proportion: baseline.dose >= 2, subgroups: baseline.severity },
        { id: risk, label: Risk, compare: baseline.dose >= 3, by: baseline.severity, estimate: difference }, `,
    ]);
    const severe = { ...woman, baseline: { ...woman.baseline, severity: 'severe', dose: 3 } };
    const data = frostbiteData([...upTo(6).map(() => woman), severe, severe], protocol);
    const found = checkDisclosure({ ...NOTHING_ELSE, data, results: { tables: [] } });
    expect(told(found).filter((one) => one.includes(' statistics/'))).toEqual(
      expect.arrayContaining([
        'small-cell statistics/doses/severe',
        'small-cell statistics/high/severe',
        'small-cell statistics/risk/severe/yes',
      ]),
    );
    expect(told(found)).not.toContain('small-cell statistics/doses/mild');
  });

  test('[R55] tells groups that are named by text of the charts, and names none of them', () => {
    const protocol = frostbiteProtocol('', [
      'statistics: [',
      `statistics: [
        { id: doses, label: Doses, number: baseline.dose, by: baseline.occupation, test: wilcoxon },
        { id: high, label: High, proportion: baseline.dose >= 2, subgroups: baseline.occupation },
        { id: smiths, label: Smiths, number: baseline.dose, by: "iif(baseline.occupation = 'smith', 'in', 'out')", test: wilcoxon }, `,
    ]);
    const at = (occupation: string): Patient => ({ ...woman, baseline: { ...woman.baseline, occupation } });
    const data = frostbiteData([...upTo(6).map(() => at('smith')), at('mayor of Ely')], protocol);
    const found = checkDisclosure({ ...NOTHING_ELSE, data, results: { tables: [] } });
    expect(told(found).filter((one) => one.startsWith('free-text'))).toEqual([
      'free-text statistics/doses',
      'free-text statistics/high',
    ]);
    const numbered = frostbiteData([...upTo(6).map(() => at('smith')), at('5551234')], protocol);
    const ofNumber = checkDisclosure({ ...NOTHING_ELSE, data: numbered, results: { tables: [] } });
    expect(told(ofNumber)).toContain('free-text statistics/doses');
    expect(JSON.stringify(ofNumber)).not.toContain('5551234');
    expect(told(found)).toContain('small-cell statistics/doses/(withheld)');
    expect(JSON.stringify(found)).not.toContain('Ely');
  });

  test('[R50] whoever the patients are, tells each place of a kind once', () => {
    fc.assert(
      fc.property(fc.array(anyPatient, { maxLength: 6 }), (some) => {
        const all = told(warningsOf(some));
        expect(new Set(all).size).toBe(all.length);
      }),
      { numRuns: 25 },
    );
  });
});

describe('which warnings are meant', () => {
  const warnings: DisclosureWarning[] = [
    { code: 'small-cell', place: 'table1/a/total', text: '' },
    { code: 'small-cell', place: 'table10/a/total', text: '' },
    { code: 'free-text', place: 'table1/footnotes/1', text: '' },
  ];
  test.each([
    ['small-cell', [0, 1]],
    ['table1', [0, 2]],
    ['small-cell:table1', [0]],
    ['table1/a/total', [0]],
  ])('[R59] %s', (name, at) => {
    expect(chooseWarnings(warnings, [name])).toEqual(at.map((one) => warnings[one]));
  });

  test('[R59] a name that means none is refused, with the nearest', () => {
    expect(() => chooseWarnings(warnings, ['table2'])).toThrow(
      expect.objectContaining({ code: 'publish.no-warning', tip: 'Did you mean `table1`?' }),
    );
  });
});

/** The warnings about texts of a study with one table more. */
function frostbiteDataWith(tableText: string): DisclosureWarning[] {
  const data = frostbiteData(
    [woman, woman, woman, woman, woman, woman],
    frostbiteProtocol('', ['statistics:', tableText]),
  );
  const of = { data, results: buildTables(data), attrition: [], overlaps: [], searches: [], over89: [] };
  return checkDisclosure(of).filter(({ code }) => code === 'exact-date' || code === 'free-text');
}
