import { expect, test } from 'vitest';
import type { SearchAgain } from '../../../../src/server/contract/index.ts';
import { differenceText } from './ask-again.tsx';

const counts = (persons: number, notes: number, mentions: number) =>
  ({ persons, notes, mentions }) as SearchAgain['earlier'];
const none = { came: 0, went: 0, closed: 0 };
const then = { earlier: counts(4, 5, 6), earlierToday: null, isAnalysedOtherwise: false };

test('a search that comes to the same says so', () => {
  const text = differenceText({ ...then, now: counts(4, 5, 6), persons: none, notes: none });
  expect(text).toBe('Now 4 persons, as then, 5 notes, as then, 6 mentions, as then.');
});

test('what differs is told with who came and went, and what may not be used any more', () => {
  const notes = { came: 3, went: 1, closed: 2 };
  const text = differenceText({ ...then, now: counts(4, 5, 9), persons: none, notes, isAnalysedOtherwise: true });
  expect(text).toBe(
    'Now 4 persons, as then, 5 notes, as then, 9 mentions (then 6). Notes: 3 came, 1 went, 2 may not be used any more. ' +
      'The notes are analysed in another way since.',
  );
});

test('where the records of then are gone, that is told', () => {
  const text = differenceText({ ...then, now: counts(4, 5, 6), persons: null, notes: null });
  expect(text).toContain('who came and went is not known');
});
