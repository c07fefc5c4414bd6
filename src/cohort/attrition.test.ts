import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attritionSteps, type Judged, outcomes } from './attrition.ts';

const labels = (...ids: string[]) => ids.map((id) => ({ id, label: `Label of ${id}` }));

describe('the account', () => {
  test('[R13] a candidate leaves at the first exclusion; the others are kept beside it', () => {
    expect(
      outcomes(
        ['b', 'a'],
        [
          { subject: 'S001', exclusions: ['a', 'b'] },
          { subject: 'S002', exclusions: [] },
        ],
      ),
    ).toEqual([
      { subject: 'S001', outcome: 'excluded', first: 'b', all: ['b', 'a'] },
      { subject: 'S002', outcome: 'included', all: [] },
    ]);
  });

  test('[R13] a step that removes nobody stays', () => {
    const steps = attritionSteps(
      5,
      labels('a', 'b'),
      outcomes(
        ['a', 'b'],
        [
          { subject: 'S001', exclusions: ['b'] },
          { subject: 'S002', exclusions: [] },
        ],
      ),
    );
    expect(steps.map(({ id, n, removed }) => [id, n, removed])).toEqual([
      ['identified', 5, 0],
      ['authorized', 2, 3],
      ['a', 2, 0],
      ['b', 1, 1],
      ['included', 1, 0],
    ]);
  });

  test('[R13] those not screened yet stand in a step of their own', () => {
    const judged = [
      { subject: 'S001', exclusions: [], isOpen: true },
      { subject: 'S002', exclusions: ['a'], isOpen: true },
    ];
    const steps = attritionSteps(2, labels('a'), outcomes(['a'], judged));
    expect(steps.slice(2).map(({ id, n, removed }) => [id, n, removed])).toEqual([
      ['a', 1, 1],
      ['open', 0, 1],
      ['included', 0, 0],
    ]);
  });

  const judged: fc.Arbitrary<Judged[]> = fc
    .array(fc.subarray(['a', 'b', 'c', 'd']))
    .map((all) => all.map((exclusions, at) => ({ subject: `S${at}`, exclusions })));

  test('[R15] the steps sum, and their order changes no one who is included', () => {
    fc.assert(
      fc.property(
        judged,
        fc.nat(50),
        fc.shuffledSubarray(['a', 'b', 'c', 'd'], { minLength: 4 }),
        (all, refused, order) => {
          const found = outcomes(order, all);
          const steps = attritionSteps(all.length + refused, labels(...order), found);
          for (const [at, step] of steps.entries()) {
            if (at > 0) expect(step.n).toBe((steps[at - 1]?.n ?? 0) - step.removed);
          }
          const included = found.filter((one) => one.first === undefined).map((one) => one.subject);
          expect(included).toEqual(all.filter((one) => one.exclusions.length === 0).map((one) => one.subject));
          expect(steps.at(-1)?.n).toBe(included.length);
        },
      ),
    );
  });
});
