import { describe, expect, test } from 'vitest';
import { outcomes } from './outcomes.ts';

describe('where a candidate stands', () => {
  test('[R13] a candidate leaves at the first exclusion; the others are kept beside it', () => {
    const judged = [
      { subject: 'S001', exclusions: ['a', 'b'] },
      { subject: 'S002', exclusions: [] },
    ];
    expect(outcomes(['b', 'a'], judged)).toEqual([
      { subject: 'S001', outcome: 'excluded', first: 'b', all: ['b', 'a'] },
      { subject: 'S002', outcome: 'included', all: [] },
    ]);
  });

  test('[R146] a person whose events all left, leaves where the last of them did', () => {
    const events = [
      { event: 'e1', exclusions: ['b'] },
      { event: 'e2', exclusions: ['a', 'b'] },
    ];
    expect(outcomes(['a', 'b'], [{ subject: 'S001', exclusions: [], events }])).toEqual([
      {
        subject: 'S001',
        outcome: 'excluded',
        first: 'b',
        all: ['a', 'b'],
        events: [
          { event: 'e1', first: 'b' },
          { event: 'e2', first: 'a' },
        ],
      },
    ]);
  });

  test('[R147] whoever is included is analysed unless it is said who is', () => {
    const judged = [{ subject: 'S001', exclusions: [] }];
    expect(outcomes([], judged)[0]?.outcome).toBe('included');
    expect(outcomes([], judged, new Set())[0]?.outcome).toBe('not-analysed');
  });
});
