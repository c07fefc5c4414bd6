import { describe, expect, test } from 'vitest';
import { attritionSteps } from './attrition.ts';
import { outcomes } from './outcomes.ts';
import { type StepNumber, stepSubjects } from './step-subjects.ts';

const exclusions = ['a', 'b'].map((id) => ({ id, label: id }));
const judged = [
  { subject: 'S001', exclusions: ['a', 'b'] },
  { subject: 'S002', exclusions: ['b'] },
  { subject: 'S003', exclusions: [], isOpen: true },
  { subject: 'S004', exclusions: [] },
  { subject: 'S005', exclusions: [] },
];
const found = outcomes(['a', 'b'], judged, new Set(['S005']));
const arms = [1, 2].map((at) => ({ id: `arm${at}`, label: '', found: 6, authorized: 5 }));
const steps = attritionSteps({ arms, identified: 7 }, { exclusions, analysed: { label: 'x' } }, found);
const subjects = (id: string, asked?: StepNumber) =>
  stepSubjects(steps, found, id, asked).outcomes.map(({ subject }) => subject);

describe('the subjects behind a step', () => {
  test('[R148] are those who left at a reason, and those who remain in a state', () => {
    expect(subjects('a')).toEqual(['S001']);
    expect(subjects('b')).toEqual(['S002']);
    expect(subjects('b', 'all-failing')).toEqual(['S001', 'S002']);
    expect(subjects('a', 'remaining')).toEqual(['S002', 'S003', 'S004', 'S005']);
    expect(subjects('open')).toEqual(['S003']);
    expect(subjects('included')).toEqual(['S004', 'S005']);
    expect(subjects('not-analysed')).toEqual(['S004']);
    expect(subjects('analysed')).toEqual(['S005']);
  });

  test('[R148] are as many as the number says; before the gate nobody is listed', () => {
    for (const { id, kind, n, removed, allFailing } of steps) {
      const isCounted = kind === 'found' || kind === 'identified';
      expect(subjects(id, 'remaining'), id).toHaveLength(isCounted ? 0 : n);
      if (isCounted || kind === 'authorized') expect(subjects(id, 'left'), id).toEqual([]);
      else expect(subjects(id, 'left'), id).toHaveLength(removed);
      if (allFailing !== undefined) expect(subjects(id, 'all-failing'), id).toHaveLength(allFailing);
    }
  });

  test('a step that is not there is named with the nearest', () => {
    expect(() => subjects('inclded')).toThrow(
      expect.objectContaining({ code: 'cohort.no-step', tip: 'Did you mean `included`?' }),
    );
  });
});
