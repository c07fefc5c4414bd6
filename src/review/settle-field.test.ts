import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plain } from './entries.test-support.ts';
import type { Answer } from './entry.ts';
import { ruled, said } from './revisions-of.test-support.ts';
import { complete, openOf, settle, valuesOf } from './settled.test-support.ts';

describe('a value', () => {
  test('[R5] holds when all gave the same; what each cited is kept', () => {
    const cite = (note: string): Answer => ({ value: 'severe', evidence: [{ record: note }] });
    const settled = settle(
      said('anna', 'baseline', { ...complete, severity: cite('a') }),
      said('ben', 'baseline', { ...complete, severity: cite('b') }),
    );
    expect(settled.open).toEqual([]);
    expect(settled.records.baseline?.[0]?.values.severity).toEqual({
      answer: { value: 'severe' },
      evidence: [{ record: 'a' }, { record: 'b' }],
      by: 'agreement',
      reviewers: ['anna', 'ben'],
    });
  });

  test('[R5] is the same in whatever order people spoke', () => {
    const anna = said('anna', 'baseline', { ...complete, remark: 'Old  scar', nails: plain(['pits', 'lifting']) });
    const ben = said('ben', 'baseline', { ...complete, remark: 'old scar', nails: plain(['lifting', 'pits']) });
    const first = settle(anna, ben);
    fc.assert(
      fc.property(fc.shuffledSubarray([...anna, ...ben], { minLength: anna.length * 2 }), (words) => {
        expect(settle(words)).toEqual(first);
      }),
    );
    expect(valuesOf(first)).toMatchObject({ remark: 'Old  scar', nails: ['pits', 'lifting'] });
  });

  test('[R5] that differs is open until an adjudicator has spoken, whose word holds over theirs', () => {
    const words = [said('anna', 'baseline', complete), said('ben', 'baseline', { ...complete, severity: 'mild' })];
    expect(openOf(settle(...words))).toEqual(['baseline severity difference']);
    expect(valuesOf(settle(...words))).not.toHaveProperty('severity');
    const after = settle(...words, ruled('baseline', 'severity', plain('mild')));
    expect(after.open).toEqual([]);
    expect(after.records.baseline?.[0]?.values.severity).toMatchObject({
      by: 'adjudication',
      reviewers: ['carl'],
      reason: 'read both',
    });
  });

  test('[R5] an adjudicator also holds over two who agree, and the last word of adjudicators counts', () => {
    const words = [said('anna', 'baseline', complete), said('ben', 'baseline', complete)];
    const first = ruled('baseline', 'severity', plain('severe'));
    const last = ruled('baseline', 'severity', plain('mild')).map((one) => ({
      ...one,
      at: '2024-01-01T01:00:00+00:30',
    }));
    for (const rulings of [
      [first, last],
      [last, first],
    ])
      expect(valuesOf(settle(...words, ...rulings)).severity, 'in any order of loading').toBe('mild');
  });

  test('[R5] that only one of two gave is a difference', () => {
    const { started: _, ...rest } = complete;
    expect(openOf(settle(said('anna', 'baseline', complete), said('ben', 'baseline', rest)))).toEqual([
      'baseline started difference',
    ]);
  });

  test('[R6] kinds of missing value differ; coverage of all is joined', () => {
    const none = (kind: 'not-documented' | 'conflicting', notes: string[]): Answer => ({
      missing: kind,
      evidence: [],
      coverage: { notes, terms: ['mild'] },
    });
    const of = (a: Answer, b: Answer) =>
      settle(
        said('anna', 'baseline', { ...complete, severity: a }),
        said('ben', 'baseline', { ...complete, severity: b }),
      );
    expect(openOf(of(none('not-documented', ['n1']), none('conflicting', ['n1'])))).toEqual([
      'baseline severity difference',
    ]);
    const joined = of(none('not-documented', ['n2']), none('not-documented', ['n1', 'n2'])).records.baseline?.[0]
      ?.values.severity;
    expect(joined?.coverage).toEqual({ notes: ['n1', 'n2'], terms: ['mild'] });
  });
});
