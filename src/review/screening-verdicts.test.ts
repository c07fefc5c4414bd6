import { expect, test } from 'vitest';
import type { Protocol } from '../protocol/index.ts';
import { screeningVerdicts } from './screening-verdicts.ts';

const protocol = {
  review: { screening: 'screening' },
  index: { label: 'First gout', washout: '1 year' },
  exclusions: [
    { id: 'minor', rule: { age: { max: 17 } } },
    { id: 'no-gout', reviewer: { instrument: 'screening', when: 'gout = false' } },
    { id: 'no-course', reviewer: { instrument: 'course', when: 'seen = false' } },
  ],
} as unknown as Protocol;

test('[R20] tells the eligible from those whom the screening, a rule or nobody yet has left out', () => {
  const verdicts = screeningVerdicts(protocol, [
    { subject: 'S001', exclusions: [] },
    { subject: 'S002', exclusions: ['no-gout'] },
    { subject: 'S003', exclusions: ['minor'] },
    { subject: 'S004', exclusions: [], isOpen: true },
    { subject: 'S005', exclusions: ['no-course'] },
    { subject: 'S006', exclusions: ['no-gout', 'no-course'] },
    { subject: 'S007', exclusions: ['washout'] },
  ]);
  expect([...verdicts].map(([subject, { verdict, isIncluded }]) => [subject, verdict, isIncluded])).toEqual([
    ['S001', 'eligible', true],
    ['S002', 'not-eligible', false],
    ['S003', 'by-rule', false],
    ['S004', 'open', false],
    ['S005', 'eligible', false],
    ['S006', 'not-eligible', false],
    ['S007', 'by-rule', false],
  ]);
});
