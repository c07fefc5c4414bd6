import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GOUT, goutMistakes } from './gout.test-support.ts';
import { unitConversion } from './units.ts';

/** The mistakes of the study with these criteria by name and this arm, without the file's name. */
function mistakes(criterion: string, criteria = ''): string[] {
  const wide = ['condition: gout, during: period, atLeast: 2', criterion] as const;
  const named = `criteria: { ${criteria} }\narms:`;
  return goutMistakes(['  tophus:', `${URATE}  tophus:`], ['arms:', named], wide).map((one) =>
    one.replace('gout.yaml:', ''),
  );
}

const URATE = `  urate:
    label: Urate
    codes: [{ system: LOINC, code: "3084-1" }]
    unit: mg/dL
`;

const sound = [
  'measurement: urate, value: { above: 6 }',
  'measurement: urate, value: { atLeast: 6, atMost: 6 }',
  'measurement: urate, value: { above: 350 }, unit: umol/dL',
  'condition: gout, onDays: 2, timing: [{ within: 30 days, after: { visit: inpatient } }]',
  'contact: any, timing: [{ atLeast: 6 months, within: 200 days, onOrAfter: first }]',
  'atLeast: 1, of: [{ criterion: first }, { death: any }]',
];

describe('criteria', () => {
  test.each(sound)('%s is sound', (criterion) => {
    const withMass = goutMistakes(
      ['  tophus:', `${URATE}    molarMass: 168.11\n  tophus:`],
      ['arms:', 'criteria: { first: { drug: febuxostat } }\narms:'],
      ['condition: gout, during: period, atLeast: 2', criterion],
    );
    expect(withMass).toEqual([]);
  });

  test.each([
    ['measurement: urate, value: { above: 6 }, unit: furlongs', 'protocol.unit `furlongs` is no unit of UCUM.'],
    [
      'measurement: urate, value: { above: 6 }, unit: umol/L',
      'protocol.unit `mg/dL`, the unit of `urate`, does not become `umol/L`.',
    ],
    [
      'measurement: urate, value: { above: 9, below: 6 }',
      'protocol.impossible-window No value lies within these limits.',
    ],
    [
      'condition: gout, timing: [{ within: 0 days, after: { visit: any } }]',
      'protocol.impossible-window Nothing is after within no days.',
    ],
    [
      'condition: gout, timing: [{ within: 30 days, atLeast: 2 months, of: { visit: any } }]',
      'protocol.impossible-window Nothing is at least so long and at most so short apart.',
    ],
    [
      'condition: gout, timing: [{ within: 1 day, overlapping: { visit: any } }]',
      'protocol.impossible-window Events that overlap are not apart.',
    ],
    [
      'condition: gout, timing: [{ after: { visit: any, atLeast: 2 } }]',
      'protocol.not-single An event is related to single events',
    ],
    [
      'condition: gout, timing: [{ after: frist }]',
      'protocol.unknown-name There is no criterion `frist`. Did you mean `first`?',
    ],
    ['condition: gout, timing: [{ after: women }]', 'protocol.not-an-event The criterion `women` is no event'],
    [
      'condition: gout, timing: [{ within: 3 days }]',
      'one of before, after, onOrBefore, onOrAfter, of, overlapping says to which event',
    ],
    ['condition: gout, timing: [{ within: three days, of: first }]', 'a length of time such as 30 days'],
    ['atLeast: 3, of: [{ criterion: first }]', 'protocol.impossible-count More are asked for than there are.'],
    ['measurement: urate, value: { above: 6, below: 6 }', 'protocol.impossible-window No value lies within'],
    [
      'measurement: urate, value: { atLeast: 6, atMost: 7, below: 6 }',
      'protocol.impossible-window No value lies within',
    ],
    ['condition: gout, verification: [confirmd]', 'is not one of those allowed. Did you mean `confirmed`?'],
    ['condition: urat', 'protocol.unknown-name There is no concept set `urat`. Did you mean `urate`?'],
    ['observation: tophus', 'protocol.empty-concept-set The concept set `tophus` has no codes'],
  ])('[R4][R6] %s is refused', (criterion, told) => {
    const criteria = 'first: { drug: febuxostat }, women: { sex: female }';
    expect(mistakes(criterion, criteria)).toContainEqual(
      expect.stringMatching(new RegExp(`^\\d+:\\d+ .*${escaped(told)}`)),
    );
  });

  test.each([
    ['visit: any, sites: [Lodge], exceptSites: [Lodge]', 'protocol.said-twice Either `sites` says which are meant'],
    ['contact: any, specialties: [A], exceptSpecialties: [B]', 'protocol.said-twice Either `specialties` says'],
  ])('[R34] %s is refused', (criterion, told) => {
    expect(mistakes(criterion)).toEqual([expect.stringMatching(new RegExp(`^\\d+:\\d+ .*${escaped(told)}`))]);
    expect(mistakes(criterion.replace(/, (?:sites|specialties): \[\w+\]/, ''))).toEqual([]);
  });

  test('[R30] criteria that lead back to themselves are told, each at its place, through parts and relations', () => {
    const found = mistakes(
      'criterion: one',
      'one: { any: [{ criterion: two }] }, two: { condition: gout, timing: [{ after: three }] }, three: { condition: gout, timing: [{ before: two }] }',
    );
    const cyclic = found.filter((one) => one.includes('protocol.cyclic'));
    expect(cyclic.map((one) => /`(\w+)`/.exec(one)?.[1])).toEqual(['two', 'three']);
  });

  test('[R30] a concept set of which every code is excluded is empty', () => {
    const told = goutMistakes(
      ['code: "M10" }', 'code: "M10", exclude: true }'],
      ['code: "274.0" }', 'code: "274.0", exclude: true }'],
    );
    expect(told.join()).toContain('The concept set `gout` has no codes');
  });

  test('[R30] a unit of a concept set is one of UCUM', () => {
    const told = goutMistakes(['  tophus:', `${URATE.replace('mg/dL', 'mgs')}  tophus:`]);
    expect(told.join()).toContain('`mgs` is no unit of UCUM');
  });
});

describe('units', () => {
  test.each([
    ['umol/L', 'mg/dL', 168.11, 400, 6.7244],
    ['Cel', '[degF]', undefined, 37, 98.6],
    ['g/L', 'mg/dL', undefined, 1, 100],
  ])('%s becomes %s', (from, to, mass, value, wanted) => {
    const by = unitConversion(from, to, mass);
    expect(value * (by?.factor ?? 0) + (by?.offset ?? 0)).toBeCloseTo(wanted, 9);
  });

  test('what does not become the other, or not by a straight line, has no conversion', () => {
    expect(unitConversion('kg', 'm')).toBeUndefined();
    expect(unitConversion('umol/L', 'mg/dL')).toBeUndefined();
    expect(unitConversion('[pH]', 'mol/L')).toBeUndefined();
    expect(unitConversion('nonsense', 'mg')).toBeUndefined();
  });

  test('there and back again is the same value', () => {
    const units = fc.constantFrom('mg/dL', 'g/L', 'ug/mL', 'umol/L', 'mmol/L');
    fc.assert(
      fc.property(units, units, fc.double({ min: 0.001, max: 1e6, noNaN: true }), (from, to, value) => {
        const [there, back] = [unitConversion(from, to, 180), unitConversion(to, from, 180)];
        const other = value * (there?.factor ?? Number.NaN) + (there?.offset ?? 0);
        expect((other * (back?.factor ?? 0) + (back?.offset ?? 0)) / value).toBeCloseTo(1, 9);
      }),
    );
  });
});

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

test('the study that these tests change has what they change', () => {
  for (const part of ['  tophus:', 'arms:', 'condition: gout, during: period, atLeast: 2'])
    expect(GOUT).toContain(part);
});
