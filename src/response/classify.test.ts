import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PartialDate } from '../base/index.ts';
import { lesionStatuses, type ResponseRules } from '../protocol/index.ts';
import type { Assessment } from './assessment.ts';
import { classifyResponse } from './classify.ts';
import { lesionFacts } from './lesion.ts';

const rules: ResponseRules = {
  assessments: { instrument: 'a', lesion: 'l', date: 'd', status: 's' },
  statuses: {},
  start: 'x',
  categories: [
    { code: 'CR', label: 'Complete', when: 'resolved and recurred.not()' },
    { code: 'PR', label: 'Partial', when: 'regressed' },
    { code: 'NR', label: 'None', when: 'persisted or worsened' },
    { code: 'UR', label: 'Unknown' },
  ],
  unknown: 'UR',
  patient: 'best',
  responders: ['CR', 'PR'],
};

const on = (date: string, status: Assessment['status'], lesion = 'toe'): Assessment => ({
  lesion,
  date: date as PartialDate,
  status,
});
const categoryOf = (assessments: readonly Assessment[], patient: ResponseRules['patient'] = 'best'): string =>
  classifyResponse({ ...rules, patient }, assessments, '2020-01-01' as PartialDate).category;

describe('a lesion', () => {
  test('[R1] assessments are taken by date', () => {
    expect(lesionFacts([on('2020-06', 'unchanged'), on('2020-02', 'improved')]).last).toBe('unchanged');
  });

  test('[R2] regresses when it is better at some time', () => {
    expect(lesionFacts([on('2020-02', 'improved'), on('2020-05', 'unchanged')])).toMatchObject({
      resolved: false,
      regressed: true,
    });
    expect(lesionFacts([on('2020-02', 'recurred')])).toMatchObject({ regressed: true, recurred: true });
  });

  test('[R3] recurs when it is there again after it was gone', () => {
    expect(categoryOf([on('2020-02', 'resolved'), on('2020-05', 'improved')])).toBe('PR');
    expect(categoryOf([on('2020-05', 'resolved'), on('2020-02', 'improved')])).toBe('CR');
    expect(categoryOf([on('2020', 'resolved'), on('2020-05', 'improved')])).toBe('CR');
  });

  test('[R4] persists when it was assessed and never regressed', () => {
    expect(categoryOf([on('2020-02', 'unchanged')])).toBe('NR');
    expect(categoryOf([on('2020-02', 'worsened')])).toBe('NR');
  });

  test('[R5][R6] is unknown when nobody could judge it', () => {
    expect(categoryOf([on('2020-02', 'not-evaluable')])).toBe('UR');
    expect(lesionFacts([on('2020-02', 'not-evaluable')])).toMatchObject({
      assessments: 1,
      evaluable: 0,
      persisted: false,
    });
  });

  test('[R6] has the first category that holds', () => {
    expect(categoryOf([on('2020-02', 'resolved')])).toBe('CR');
  });
});

describe('a subject', () => {
  const mixed = [on('2020-02', 'resolved', 'a'), on('2020-02', 'unchanged', 'b'), on('2020-02', 'not-evaluable', 'c')];

  test('[R7] is as good as the rule says', () => {
    expect(categoryOf(mixed)).toBe('CR');
    expect(categoryOf(mixed, 'worst')).toBe('NR');
    expect(categoryOf(mixed, 'all')).toBe('UR');
    expect(categoryOf(mixed.slice(0, 2), 'all')).toBe('NR');
  });

  test('[R8] is unknown without an assessment', () => {
    expect(classifyResponse(rules, [], undefined)).toMatchObject({ category: 'UR', responder: false, lesions: [] });
  });

  test('[R9] responds at the first better assessment', () => {
    const start = '2020-01-01' as PartialDate;
    expect(classifyResponse(rules, [on('2020-03-01', 'improved')], start).monthsToResponse).toBeCloseTo(1.9713, 4);
    expect(classifyResponse(rules, [on('2020-03', 'improved')], start).monthsToResponse).toBeUndefined();
    expect(classifyResponse(rules, [on('2020-03-01', 'unchanged')], start).monthsToResponse).toBeUndefined();
  });

  test('[R10] explains itself', () => {
    expect(classifyResponse(rules, mixed.slice(0, 2), undefined).explanation).toBe(
      'CR, by the rule "best": a is CR (resolved on 2020-02); b is NR (unchanged on 2020-02).',
    );
  });
});

const day = fc.integer({ min: 1, max: 28 }).map((n) => `2020-03-${String(n).padStart(2, '0')}`);
const assessment = fc.record({
  lesion: fc.constantFrom('a', 'b'),
  date: day,
  status: fc.constantFrom(...lesionStatuses),
}) as fc.Arbitrary<Assessment>;
const many = fc.array(assessment, { maxLength: 8 });

describe('whatever the assessments', () => {
  test('[R1] the order of entry does not matter', () => {
    const shuffled = many.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        expect(classifyResponse(rules, other, undefined)).toEqual(classifyResponse(rules, list, undefined));
      }),
    );
  });

  test('[R5] one more that is not evaluable changes no category', () => {
    fc.assert(
      fc.property(
        many,
        day,
        (list, date) => list.length === 0 || categoryOf([...list, on(date, 'not-evaluable', 'a')]) === categoryOf(list),
      ),
    );
  });

  test('[R7] the best is never worse than the worst', () => {
    const rank = (code: string): number => rules.categories.findIndex((one) => one.code === code);
    fc.assert(fc.property(many, (list) => rank(categoryOf(list)) <= rank(categoryOf(list, 'worst'))));
  });
});
