import { expect, test } from 'vitest';
import { compareValues } from './data-table-columns.ts';

test('numbers are ordered as numbers, and so are the numbers in words', () => {
  expect([10, 9, -1].toSorted(compareValues)).toEqual([-1, 9, 10]);
  expect(['S10', 'S9', 'S1'].toSorted(compareValues)).toEqual(['S1', 'S9', 'S10']);
});
