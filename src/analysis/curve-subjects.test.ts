import { expect, test } from 'vitest';
import { NOBODY, PROPORTION } from './computations.test-support.ts';
import type { Computation } from './computations.ts';
import { withSubjects } from './curve-subjects.ts';
import type { SurvivalCurve } from './statistic-results.ts';

const rows = [
  { ...NOBODY, subject: 'S002', value: '0.1234567890123', second: 'true' },
  { ...NOBODY, subject: 'S001', value: '0.1234567890123', second: 'false' },
];
const asked: Computation = { ...PROPORTION, id: 'healing', kind: 'survival', method: 'survival', rows };
const step = { time: 0.123456789012, atRisk: 2, events: 1, censored: 1, survival: 0.5, low: null, high: null };
const limits = { median: null, medianLow: null, medianHigh: null };
const curve: SurvivalCurve = {
  id: 'healing',
  label: 'Healing',
  group: '',
  unit: 'years',
  n: 2,
  level: 0.95,
  interval: 'log-log',
  events: 1,
  ...limits,
  steps: [step],
};

test('[R24] each step has its subjects, at the time as R writes it', () => {
  expect(withSubjects([curve], [asked])[0]?.steps).toEqual([
    { ...step, eventSubjects: ['S002'], censoredSubjects: ['S001'] },
  ]);
});

test('[R24] a step of other subjects is refused', () => {
  const refused = expect.objectContaining({ code: 'analysis.r-differs' });
  for (const changed of [{ events: 2, censored: 0 }, { time: 1 }])
    expect(() => withSubjects([{ ...curve, steps: [{ ...step, ...changed }] }], [asked])).toThrow(refused);
  expect(() => withSubjects([], [asked])).toThrow(refused);
});
