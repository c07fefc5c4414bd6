import { describe, expect, test } from 'vitest';
import { type AdjudicationItem, itemKey, nextItem, pickOf, stepItem } from './ruling.ts';

const item = (field: string, why: AdjudicationItem['why'] = 'difference'): AdjudicationItem => ({
  instrument: 'baseline',
  row: '',
  field,
  label: field,
  why,
  revision: '1',
  given: [],
  ruling: null,
});
const given = (answer: Parameters<typeof pickOf>[0]['answer']) => ({ reader: 'A', name: null, answer, at: null });

describe('deciding for a reader', () => {
  const evidence = [{ record: 'Condition/1' }];

  test('takes their answer with its evidence, and leaves their remark to them', () => {
    expect(pickOf(given({ value: 'mild', evidence, comment: 'unsure' }), false)).toEqual({ value: 'mild', evidence });
  });

  test('who has no such row decides that the row goes; who gave no answer decides nothing', () => {
    expect(pickOf(given(null), true)).toEqual({ missing: 'documented-absent', evidence: [] });
    expect(pickOf(given(null), false)).toBeUndefined();
  });
});

describe('going through the differences', () => {
  const items = [item('one', 'settled'), item('two'), item('three', 'settled'), item('four')];
  const key = (at: number) => itemKey(items[at] ?? item(''));

  test('begins with the first that is open, and goes around the end', () => {
    expect(nextItem(items, undefined)?.field).toBe('two');
    expect(nextItem(items, key(1))?.field).toBe('four');
    expect(nextItem(items, key(3))?.field).toBe('two');
  });

  test('where all are settled it goes on in the list', () => {
    const settled = items.map((one) => ({ ...one, why: 'settled' as const }));
    expect(nextItem(settled, key(0))?.field).toBe('two');
    expect(nextItem([], undefined)).toBeUndefined();
  });

  test('steps stop at the ends', () => {
    expect(stepItem(items, key(0), -1)?.field).toBe('one');
    expect(stepItem(items, key(0), 1)?.field).toBe('two');
    expect(stepItem(items, key(3), 1)?.field).toBe('four');
  });
});
