import { expect, test } from 'vitest';
import { offsetAt } from './offset-at.ts';

test('a line and column are a place in the text', () => {
  const text = 'one\ntwo\n';
  expect([offsetAt(text, 1, 1), offsetAt(text, 2, 3), offsetAt(text, 2, 99), offsetAt(text, 9, 1)]).toEqual([
    0, 6, 7, 8,
  ]);
});
