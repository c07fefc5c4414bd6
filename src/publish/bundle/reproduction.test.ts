import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildTables, type DataSet, dataFile, readDataSet } from '../../analysis/index.ts';
import { deidentify } from '../deidentify/deidentify.ts';
import { anyPatient, frostbiteData, frostbiteProtocol, type Patient } from '../frostbite-data.test-support.ts';
import { readAnswers, reproduce } from './reproduction.ts';

const young: Patient = {
  sex: 'male',
  birthDate: '1980-01-01',
  baseline: {
    occupation: 'farmer',
    started: '2015-03-05',
    ended: '2015-05-05',
    severity: 'mild',
    dose: 2.5,
    age_then: 30,
  },
  visits: [{ visit: 'v', part: 'toe', seen: '2015-04-01', state: 'healed' }],
};

function reproduced(data: DataSet) {
  const released = deidentify(data, 'year').tables.map(dataFile);
  const kept = reproduce(data, buildTables(data), released);
  const texts = new Map([...released, ...kept.files].map(({ name, text }) => [name, text]));
  const again = readDataSet(data.protocol, (name) => texts.get(name), readAnswers(texts.get('data/answers.csv') ?? ''));
  return { ...kept.reproduction, again: buildTables(again) };
}

describe('the printed numbers out of the released data', () => {
  test('[R47] keeps answers only of what the data do not decide', () => {
    const { answered, notFromData, variables, statistics } = reproduced(frostbiteData([young, young]));
    // All of one year: whether it was before June is not decided by the year, whether it was before 2016 is.
    expect(answered).toEqual(['baseline.started < @2015-06-01', "baseline.occupation = 'farmer'"]);
    expect(notFromData).toEqual([]);
    expect(variables).toEqual(['worker', 'dosed']);
    expect(statistics).toContain('data/proportions.csv');
  });

  test('[R47] keeps too that an answer is not known, which a statistic tells', () => {
    const protocol = frostbiteProtocol('', [
      'statistics: [',
      'statistics: [{ id: early, label: Early, proportion: baseline.started < @2015-06-01 }, ',
    ]);
    const { started: _, ...undated } = young.baseline;
    const unknown = { ...young, baseline: undated };
    const { answered, statistics } = reproduced(frostbiteData([young, unknown], protocol));
    expect(answered).toContain('baseline.started < @2015-06-01');
    expect(statistics).toContain('data/statistics.csv');
  });

  test('[R48] whoever the patients are, gives the very tables, but where somebody is over 89', () => {
    fc.assert(
      fc.property(fc.array(anyPatient, { maxLength: 6 }), (some) => {
        const data = frostbiteData(some);
        const { notFromData, again } = reproduced(data);
        // What lacks a value is told in footnotes, whose letters then differ all over the table; its other cells do not.
        const told = notFromData.filter((place) => !/^numbers(\/\w+|\/(age|then)\/mean)?$/.test(place));
        expect(told).toEqual([]);
        if (notFromData.length === 0) expect(again).toEqual(buildTables(data));
        if (deidentify(data, 'year').over89.length === 0) expect(notFromData).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  test('[R49] names the numbers that an age over 89 is in', () => {
    const old = { ...young, birthDate: '1920-01-01' };
    expect(reproduced(frostbiteData([young, old])).notFromData).toEqual(['numbers', 'numbers/age', 'numbers/age/mean']);
  });
});
