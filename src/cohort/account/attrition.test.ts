import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AttritionStep, attritionSteps } from './attrition.ts';
import { type Judged, outcomes, type Reason, screenedOf } from './outcomes.ts';

const rule = (id: string): Reason => ({ id, label: `Label of ${id}` });
const byReviewer = (id: string): Reason => ({ ...rule(id), reviewer: true });
const armsFinding = (...found: readonly number[]) =>
  found.map((n, at) => ({ id: `arm${at}`, label: `Arm ${at}`, found: n, authorized: 0 }));
const oneArm = (identified: number) => ({ arms: armsFinding(identified), identified });
const numbers = (steps: readonly AttritionStep[]) => steps.map(({ id, n, removed }) => [id, n, removed]);

function account(
  exclusions: readonly Reason[],
  judged: readonly Judged[],
  analysed?: { readonly label: string; readonly who: ReadonlySet<string> },
): AttritionStep[] {
  const order = exclusions.map(({ id }) => id);
  return attritionSteps(oneArm(judged.length), { exclusions, analysed }, outcomes(order, judged, analysed?.who));
}

describe('the account', () => {
  test('[R13] a step that removes nobody stays', () => {
    const judged = [
      { subject: 'S001', exclusions: ['b'] },
      { subject: 'S002', exclusions: [] },
    ];
    const steps = attritionSteps(oneArm(5), { exclusions: [rule('a'), rule('b')] }, outcomes(['a', 'b'], judged));
    expect(numbers(steps)).toEqual([
      ['identified', 5, 0],
      ['authorized', 2, 3],
      ['a', 2, 0],
      ['b', 1, 1],
      ['screened', 1, 0],
      ['included', 1, 0],
    ]);
  });

  test('[R13] those not screened yet stand in a step of their own', () => {
    const judged = [
      { subject: 'S001', exclusions: [], isOpen: true },
      { subject: 'S002', exclusions: ['a'], isOpen: true },
    ];
    expect(numbers(account([rule('a')], judged)).slice(2)).toEqual([
      ['a', 1, 1],
      ['open', 0, 1],
      ['screened', 0, 0],
      ['included', 0, 0],
    ]);
  });

  test('[R143] with two arms it begins with the sum of them; who was found again leaves at those identified', () => {
    const steps = attritionSteps({ arms: armsFinding(20, 15), identified: 32 }, { exclusions: [] }, []);
    expect(numbers(steps).slice(0, 3)).toEqual([
      ['found', 35, 0],
      ['identified', 32, 3],
      ['authorized', 0, 32],
    ]);
    expect(account([], []).map(({ id }) => id)).toEqual(['identified', 'authorized', 'screened', 'included']);
  });

  test('[R144] who was screened is a step where all rules stand before all reviewers, else a number beside it', () => {
    const judged = [
      { subject: 'S001', exclusions: ['a'] },
      { subject: 'S002', exclusions: ['b'] },
      { subject: 'S003', exclusions: [] },
      { subject: 'S004', exclusions: [], isOpen: true },
    ];
    expect(numbers(account([rule('a'), byReviewer('b')], judged)).slice(2)).toEqual([
      ['a', 3, 1],
      ['open', 2, 1],
      ['screened', 2, 0],
      ['b', 1, 1],
      ['included', 1, 0],
    ]);
    expect(numbers(account([byReviewer('b'), rule('a')], judged)).slice(2)).toEqual([
      ['b', 3, 1],
      ['a', 2, 1],
      ['open', 1, 1],
      ['included', 1, 0],
    ]);
    for (const order of [
      [rule('a'), byReviewer('b')],
      [byReviewer('b'), rule('a')],
    ])
      expect(screenedOf(order, judged)).toBe(2);
  });

  test('[R145] a reason tells how many it holds for, whatever else holds', () => {
    const judged = [
      { subject: 'S001', exclusions: ['a', 'b'] },
      { subject: 'S002', exclusions: ['b'] },
    ];
    const steps = account([rule('a'), rule('b')], judged);
    expect(steps.map(({ id, removed, allFailing }) => [id, removed, allFailing])).toEqual([
      ['identified', 0, undefined],
      ['authorized', 0, undefined],
      ['a', 1, 1],
      ['b', 1, 2],
      ['screened', 0, undefined],
      ['included', 0, undefined],
    ]);
  });

  test('[R146] events leave one by one, a person with the last of them', () => {
    const judged: Judged[] = [
      {
        subject: 'S001',
        exclusions: [],
        events: [
          { event: 'e1', exclusions: ['b'] },
          { event: 'e2', exclusions: ['a'] },
        ],
      },
      {
        subject: 'S002',
        exclusions: [],
        events: [
          { event: 'e3', exclusions: ['a', 'b'] },
          { event: 'e4', exclusions: [] },
        ],
      },
      { subject: 'S003', exclusions: ['a'], events: [] },
      { subject: 'S004', exclusions: ['c'], events: [{ event: 'e5', exclusions: [] }] },
    ];
    const steps = account([rule('a'), rule('b'), rule('c')], judged);
    expect(steps.map(({ id, n, removed, events }) => [id, n, removed, events?.n, events?.removed])).toEqual([
      ['identified', 4, 0, undefined, undefined],
      ['authorized', 4, 0, 5, 0],
      ['a', 3, 1, 3, 2],
      ['b', 2, 1, 2, 1],
      ['c', 1, 1, 1, 1],
      ['screened', 1, 0, 1, 0],
      ['included', 1, 0, 1, 0],
    ]);
    expect(steps.map(({ allFailing }) => allFailing).slice(2, 5)).toEqual([3, 2, 1]);
  });

  test('[R147] who is included and not analysed leaves for the reason of the protocol', () => {
    const judged = ['S001', 'S002'].map((subject) => ({ subject, exclusions: [] }));
    const steps = account([], judged, { label: 'No urate after the start', who: new Set(['S002']) });
    expect(steps.slice(-3)).toEqual([
      { id: 'included', label: 'Included', n: 2, removed: 0, kind: 'included' },
      { id: 'not-analysed', label: 'No urate after the start', n: 1, removed: 1, kind: 'not-analysed' },
      { id: 'analysed', label: 'Analysed', n: 1, removed: 0, kind: 'analysed' },
    ]);
    expect(account([], judged).at(-1)?.id).toBe('included');
  });
});

const ids = ['a', 'b', 'c', 'd'];
const some = fc.subarray(ids);
const anyEvents = fc.option(fc.array(some, { maxLength: 3 }), { nil: undefined });
const anyJudged: fc.Arbitrary<Judged[]> = fc.boolean().chain((ofEvents) =>
  fc
    .array(fc.record({ exclusions: some, isOpen: fc.boolean(), events: ofEvents ? anyEvents : fc.constant(undefined) }))
    .map((all) =>
      all.map(({ events, ...one }, at) => ({
        subject: `S${at}`,
        ...one,
        ...(events ? { events: events.map((exclusions, event) => ({ event: `e${at}-${event}`, exclusions })) } : {}),
      })),
    ),
);
const anyOrder = fc
  .tuple(fc.shuffledSubarray(ids, { minLength: ids.length }), fc.subarray(ids))
  .map(([order, reviewers]) => order.map((id) => (reviewers.includes(id) ? byReviewer(id) : rule(id))));

describe('whatever holds for whom, and in whatever order', () => {
  test('[R15] the steps sum, persons and events', () => {
    fc.assert(
      fc.property(
        anyJudged,
        anyOrder,
        fc.nat(50),
        fc.array(fc.nat(30), { maxLength: 3 }),
        some,
        (all, exclusions, refused, again, seed) => {
          const order = exclusions.map(({ id }) => id);
          const analysed = new Set(all.map(({ subject }) => subject).filter((_, at) => at % 4 < seed.length));
          const found = outcomes(order, all, analysed);
          const identified = all.length + refused;
          const run = { arms: armsFinding(identified, ...again), identified };
          const steps = attritionSteps(run, { exclusions, analysed: { label: 'x' } }, found);
          for (const [at, step] of steps.entries()) {
            const before = steps[at - 1];
            if (before) expect(step.n).toBe(before.n - step.removed);
            if (before?.events) expect(step.events?.n).toBe(before.events.n - (step.events?.removed ?? 0));
            expect(
              Math.min(step.n, step.removed, step.events?.n ?? 0, step.events?.removed ?? 0),
            ).toBeGreaterThanOrEqual(0);
          }
          expect(steps.at(-1)?.n).toBe(found.filter(({ outcome }) => outcome === 'included').length);
        },
      ),
    );
  });

  test('[R15][R146] the order of the exclusions changes neither who is included nor which events', () => {
    fc.assert(
      fc.property(anyJudged, anyOrder, anyOrder, (all, one, other) => {
        const stays = (order: readonly Reason[]) => {
          const found = outcomes(
            order.map(({ id }) => id),
            all,
          );
          const events = found.flatMap((outcome) => outcome.events ?? []).filter(({ first }) => first === undefined);
          return [found.map(({ outcome }) => outcome), events];
        };
        expect(stays(one)).toEqual(stays(other));
      }),
    );
  });

  test('[R145] a reason holds for at least those who left at it', () => {
    fc.assert(
      fc.property(anyJudged, anyOrder, (all, exclusions) => {
        for (const { kind, removed, allFailing } of account(exclusions, all))
          if (kind === 'exclusion') expect(allFailing).toBeGreaterThanOrEqual(removed);
      }),
    );
  });

  test('[R144] who was screened is the same in any order, and the step, where there is one', () => {
    fc.assert(
      fc.property(anyJudged, anyOrder, (all, exclusions) => {
        // A reviewer says nothing of whom a rule excludes, or whose screening is open.
        const rules = exclusions.filter(({ reviewer }) => !reviewer).map(({ id }) => id);
        const said = all.filter(
          (one) => !one.events && (!one.isOpen || one.exclusions.every((id) => rules.includes(id))),
        );
        const step = account(exclusions, said).find(({ kind }) => kind === 'screened');
        if (step) expect(step.n).toBe(screenedOf(exclusions, said));
        expect(screenedOf(exclusions.toReversed(), said)).toBe(screenedOf(exclusions, said));
      }),
    );
  });
});
