import { describe, expect, test } from 'vitest';
import type { DataSet } from '../../analysis/index.ts';
import { curveName, statisticName } from '../statistic-names.ts';
import { asthma, asthmaStatistics } from '../tables.test-support.ts';
import type { LiveSource } from './live-source.ts';
import type { LiveValue } from './live-value.ts';
import { printValue } from './print-value.ts';
import { statisticValues } from './statistic-values.ts';

const data = { protocol: { statistics: [] }, subjects: [] } as unknown as DataSet;
const source = { statistics: asthmaStatistics, results: asthma, data } as unknown as LiveSource;
const values = new Map(statisticValues(source).map((one) => [one.name, one]));
const printed = (name: string, format = ''): unknown => {
  const value: LiveValue | undefined = values.get(name);
  return value && printValue(value, format);
};

describe('what R computed', () => {
  test.each([
    ['rd.estimate', '', '\u22120.125'],
    ['rd.estimate', '2', '\u22120.13'],
    ['rd.low', '', '\u22120.300'],
    ['rd.percentHigh', '1', '6.2'],
    ['rd.p', '', '\u2013'],
    ['rd.p', '=', '\u2013'],
    ['rd.n', '', '84'],
    ['f.p', '', '<0.001'],
    ['f.p', '2', '<0.01'],
    ['f.p', '=', '< 0.001'],
    ['f.pAdjusted', '', '0.002'],
    ['f.pAdjusted', '=', '= 0.002'],
    ['flare/true.median', '1', '17.5'],
    ['flare/true.medianHigh', '', 'not reached'],
    ['flare/false.median', '1', 'not reached'],
    ['flare/false.events', 'words', 'three'],
    ['agreement.visit.flare.agreed', '', '94.4'],
    ['agreement.visit.flare.kappa', '', '\u22120.02'],
    ['agreement.visit.flare.ac1High', '', '0.99'],
    ['agreement.visit.flare.icc', '', '\u2013'],
    ['controlled.percent', '1', '66.7'],
  ])('[R20][R23] %s:%s is printed %s, as the tables do', (name, format, text) => {
    expect(printed(name, format)).toBe(text);
  });

  test('[R23] only a P value can stand in a relation', () => {
    expect(printed('rd.n', '=')).toMatchObject({ message: '`rd.n` is no P value.' });
  });

  test('[R20] of a group of any name has a name that a text can write', () => {
    expect(statisticName('time/Group A: {late}/at-6')).toBe('time/Group-A-late-/at-6');
    expect(curveName({ id: 'time' })).toBe('time');
    const names = statisticValues(source).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test('[R25] nobody has no median, not one that was not reached', () => {
    const curves = asthmaStatistics.curves.map((one) => ({ ...one, n: 0, median: null }));
    const [median] = statisticValues({ ...source, statistics: { ...asthmaStatistics, curves } }).filter(({ name }) =>
      name.endsWith('.median'),
    );
    expect(median && printValue(median, '')).toBe('\u2013');
  });
});
