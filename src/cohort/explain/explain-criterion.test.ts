import { describe, expect, test } from 'vitest';
import type { Criterion } from '../../protocol/index.ts';
import { criterionText } from '../criteria/criterion-text.ts';
import { goutProtocol, hospital, type TestPerson } from '../hospital.test-support.ts';
import { explainCriterion } from './explain-criterion.ts';

const severe: Criterion = { measurement: 'urate', value: { atLeast: 9 }, atLeast: 1 };
const protocol = goutProtocol({ criteria: { severe } });
const gout = { condition: 'gout', atLeast: 1 };

describe('an explanation', () => {
  test.each<[Criterion, string]>([
    [
      { ...gout, during: 'period', atLeast: 2 },
      'A diagnosis of Gout (not refuted) in the period of the study (2012 to 2016-06), at least 2 times',
    ],
    [
      { ...gout, verification: ['confirmed'], onDays: 2 },
      'A diagnosis of Gout (recorded as confirmed), on at least 2 days',
    ],
    [
      { drug: 'allopurinol', routes: ['oral'], sources: ['order', 'dispense'], atLeast: 1 },
      'The drug Allopurinol (route oral, by order or dispense)',
    ],
    [severe, 'A measurement of Urate of at least 9 mg/dL'],
    [
      { measurement: 'urate', value: { range: 'high' }, atLeast: 1 },
      'A measurement of Urate high for its reference range',
    ],
    [
      {
        visit: 'inpatient',
        specialties: ['rheumatology'],
        atLeast: 1,
        timing: [{ within: '30 days', after: 'severe' }],
      },
      'A visit (inpatient, with rheumatology), at most 30 days after `severe`',
    ],
    [
      {
        contact: 'any',
        atLeast: 1,
        timing: [{ atLeast: '6 months', onOrAfter: { ...gout, during: { from: '2013' as never } } }],
      },
      'A contact of any kind, at least 6 months on the day of or after (a diagnosis of Gout (not refuted) from 2013 on)',
    ],
    [
      { contact: 'any', atLeast: 1, timing: [{ within: '30 days', after: 'index' }] },
      'A contact of any kind, at most 30 days after the index event',
    ],
    [{ age: { max: 17, at: 'index' } }, 'Age at most 17 years at the index event'],
    [
      { visit: 'any', exceptSites: ['Lodge', 'Ward 2'], exceptSpecialties: ['dermatology'], atLeast: 2 },
      'A visit (elsewhere than at Lodge or Ward 2, with another specialty than dermatology), at least 2 times',
    ],
    [{ age: { min: 18 } }, 'Age at least 18 years at the start of the period (2012)'],
    [{ atLeast: 2, of: [gout, severe] }, 'At least 2 of these:'],
  ])('[R95] %j is told in plain English', (criterion, text) => {
    expect(criterionText(protocol, criterion)).toBe(text);
  });

  test('[R95] counts each part alone and with those before it, behind the gate', async () => {
    const date = '2013-05-01';
    const conditions = [{ code: 'M10.0', date }];
    const measurements = [{ code: '3084-1', date, value: 9.5 }];
    const persons: TestPerson[] = [
      { id: 'both', conditions, measurements },
      { id: 'coded', conditions },
      { id: 'measured', measurements },
      { id: 'refused', conditions, measurements, consents: [{ decision: 'deny', date }] },
    ];
    using place = await hospital(persons);
    using gate = await place.gate(protocol);
    const { part, sql } = await explainCriterion(gate, { all: [gout, { criterion: 'severe' }] });
    expect(part).toMatchObject({ text: 'All of these:', alone: 1 });
    expect(part.parts.map(({ alone, soFar }) => [alone, soFar])).toEqual([
      [2, 2],
      [2, 1],
    ]);
    expect(part.parts[1]?.parts.map(({ text }) => text)).toEqual(['A measurement of Urate of at least 9 mg/dL']);
    expect(sql).toContain('condition_occurrence');
  });
});
