import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PartialDate } from '../base/index.ts';
import { type AdverseEventRules, adverseEventsSchema, type FieldValue } from '../protocol/index.ts';
import { type AdverseEvent, adverseEvents, worstGrade } from './adverse-event.ts';

const rules = adverseEventsSchema.parse({
  instrument: 'reaction',
  term: 'what',
  grade: 'grade',
  onset: 'since',
  action: 'done',
  actions: { stop: 'withdrawn', less: 'reduced', same: 'unchanged' },
  outcome: 'end',
  causality: 'cause',
  serious: 'grade >= 3 or admitted = true',
  related: "cause in ('certain' | 'probable')",
});
const start = '2020-01-10' as PartialDate;

type Said = Readonly<Record<string, string | number | boolean | null>>;

/** Rows in plain values; null is not documented. */
function eventsOf(rows: readonly Said[], of: AdverseEventRules = rules, from: PartialDate | undefined = start) {
  return adverseEvents(
    of,
    rows.map((row, at) => ({
      key: String(row.key ?? at + 1),
      settled: Object.fromEntries(
        Object.entries(row).map(([field, value]): [string, FieldValue] => [
          field,
          value === null ? { missing: 'not-documented' } : { value },
        ]),
      ),
      focus: Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)),
    })),
    from,
    {},
  );
}

const one = (row: Said, of?: AdverseEventRules, from?: PartialDate): AdverseEvent | undefined =>
  eventsOf([row], of, from)[0];

describe('an event', () => {
  test('[R50] of which nothing is known is one, with the kinds of missing values', () => {
    expect(one({ what: null, grade: null, done: null })).toEqual({
      key: '1',
      term: null,
      grade: null,
      onset: null,
      onsetDays: null,
      action: 'unknown',
      outcome: null,
      causality: null,
      serious: null,
      related: null,
      withdrawn: null,
      missing: { term: 'not-documented', grade: 'not-documented', action: 'not-documented' },
    });
  });

  test.each([
    [1, 1],
    [5, 5],
    [0, null],
    [6, null],
    [2.5, null],
  ])('[R51] a grade of %d is %s', (said, grade) => {
    expect(one({ grade: said })?.grade).toBe(grade);
  });

  test('[R51] a choice has the grade that the protocol gives it', () => {
    const words = { ...rules, serious: undefined, grades: { mild: 1, severe: 3 } } as const;
    expect(['mild', 'severe', '2'].map((grade) => one({ grade }, words)?.grade)).toEqual([1, 3, null]);
  });

  test('[R52] the action means what the protocol says; only one that is known tells whether treatment was stopped', () => {
    expect(
      ['stop', 'less', 'same', null].map((done) => {
        const event = one({ done });
        return [event?.action, event?.withdrawn];
      }),
    ).toEqual([
      ['withdrawn', true],
      ['reduced', false],
      ['unchanged', false],
      ['unknown', null],
    ]);
    const yesno = { ...rules, actions: { true: 'withdrawn', false: 'continued' } } as const;
    expect([true, false].map((done) => one({ done }, yesno)?.action)).toEqual(['withdrawn', 'continued']);
  });

  test('[R53] is serious and related as the expressions say, or it is not known', () => {
    const verdicts = [{ grade: 3 }, { grade: 1, admitted: false }, { grade: 1 }].map((row) => one(row)?.serious);
    expect(verdicts).toEqual([true, false, null]);
    expect(['certain', 'unlikely'].map((cause) => one({ cause })?.related)).toEqual([true, false]);
    expect(one({ cause: 'certain' }, { ...rules, related: undefined })?.related).toBeNull();
  });

  test.each([
    ['2020-01-10', { min: 0, max: 0 }],
    ['2020-01-22', { min: 12, max: 12 }],
    ['2020-01-07', { min: -3, max: -3 }],
    ['2020-02', { min: 22, max: 50 }],
    [null, null],
  ])('[R54] with onset %s has begun after %o days', (since, days) => {
    expect(one({ since })?.onsetDays).toEqual(days);
  });

  test('[R54] has no days without a start', () => {
    expect(
      adverseEvents(rules, [{ key: '1', settled: { since: { value: '2020-01-22' } }, focus: {} }], undefined, {}),
    ).toMatchObject([{ onset: '2020-01-22', onsetDays: null }]);
  });
});

describe('several events', () => {
  test('[R55] are in the order of their onset, those without a date last', () => {
    const rows = [
      { key: '10', since: '2020-03-01' },
      { key: 'a', since: null },
      { key: '2', since: '2020-03-01' },
      { key: '3', since: '2020-02' },
    ];
    expect(eventsOf(rows).map(({ key }) => key)).toEqual(['3', '2', '10', 'a']);
  });

  test('[R55] are as bad as the worst that is known', () => {
    expect(worstGrade(eventsOf([{ grade: 2 }, { grade: null }, { grade: 4 }]))).toBe(4);
    expect(worstGrade(eventsOf([{ grade: null }]))).toBeNull();
    expect(worstGrade([])).toBeNull();
  });

  test('[R50][R55] none is lost, and the order of entry does not matter', () => {
    const row = fc.record({
      since: fc.constantFrom('2020', '2020-02', '2020-02-03', '2019-12-31', null),
      grade: fc.constantFrom(1, 2, 3, null),
    });
    const rows = fc.array(row, { maxLength: 6 }).map((list) => list.map((each, at) => ({ ...each, key: `e${at}` })));
    const shuffled = rows.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        expect(eventsOf(list)).toHaveLength(list.length);
        expect(eventsOf(other)).toEqual(eventsOf(list));
      }),
      { numRuns: 60 },
    );
  });
});
