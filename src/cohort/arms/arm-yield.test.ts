import { expect, test } from 'vitest';
import type { CohortRun } from '../run/cohort-run.ts';
import { type Screened, searchYield } from './arm-yield.ts';

const run = {
  arms: [
    { id: 'coded', label: 'Codes', found: 9, authorized: 4 },
    { id: 'notes', label: 'Notes', found: 2, authorized: 2 },
  ],
  candidates: [
    { subject: 'S001', arms: ['coded'], rules: [] },
    { subject: 'S002', arms: ['coded', 'notes'], rules: [] },
    { subject: 'S003', arms: ['coded'], rules: ['young'] },
    { subject: 'S004', arms: ['coded'], rules: [] },
    { subject: 'S005', arms: ['notes'], rules: [] },
  ],
  leaves: [
    {
      arm: 'coded',
      id: 'condition ICD9CM 274',
      kind: 'code',
      label: 'ICD9CM 274',
      found: ['S001', 'S002', 'S003'],
      only: ['S001'],
      codes: [{ code: 'ICD9CM 274.0', found: ['S001', 'S003'] }],
    },
  ],
} as unknown as CohortRun;

const screened = new Map<string, Screened>([
  ['S001', { verdict: 'eligible', isIncluded: true }],
  ['S002', { verdict: 'eligible', isIncluded: false }],
  ['S003', { verdict: 'by-rule', isIncluded: false }],
  ['S004', { verdict: 'not-eligible', isIncluded: false }],
]);

test('[R138] arms and leaves are counted by what the screening says of whom they found', () => {
  const { any, arms } = searchYield(run, screened);
  expect(any).toEqual({ found: 5, eligible: 2, notEligible: 1, byRule: 1, open: 1, included: 1 });
  expect(arms[0]).toMatchObject({ found: 4, eligible: 2, notEligible: 1, byRule: 1, open: 0, included: 1, only: 3 });
  expect(arms[1]).toMatchObject({ found: 2, eligible: 1, notEligible: 0, open: 1, only: 1, leaves: [] });
  expect(arms[0]?.leaves).toEqual([
    {
      kind: 'code',
      label: 'ICD9CM 274',
      found: 3,
      eligible: 2,
      notEligible: 0,
      byRule: 1,
      open: 0,
      included: 1,
      only: 1,
      codes: [{ code: 'ICD9CM 274.0', found: 2 }],
    },
  ]);
});
