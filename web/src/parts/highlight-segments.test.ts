import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type HighlightRange, segmentsOf } from './highlight-segments.ts';

const range = (start: number, end: number, id: string): HighlightRange => ({ start, end, set: 0, id });
const shown = (length: number, ranges: readonly HighlightRange[]) =>
  segmentsOf(length, ranges).map(({ start, end, ranges: here }) => [start, end, here.map(({ id }) => id).join('')]);

test('a text without marks is one piece, an empty one none', () => {
  expect(shown(5, [])).toEqual([[0, 5, '']]);
  expect(shown(0, [])).toEqual([]);
});

test('ranges that overlap are cut at their edges, the shortest first', () => {
  expect(shown(10, [range(1, 8, 'a'), range(4, 6, 'b')])).toEqual([
    [0, 1, ''],
    [1, 4, 'a'],
    [4, 6, 'ba'],
    [6, 8, 'a'],
    [8, 10, ''],
  ]);
});

test('whatever the ranges: the pieces are the text, and each has the ranges that cover it', () => {
  const ranges = fc.array(fc.tuple(fc.integer({ min: -3, max: 33 }), fc.integer({ min: -3, max: 33 })), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 30 }), ranges, (length, pairs) => {
      const all = pairs.map(([start, end], at) => range(start, end, String(at)));
      const segments = segmentsOf(length, all);
      expect(segments.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, at) => start + at))).toEqual(
        Array.from({ length }, (_, at) => at),
      );
      for (const { start, ranges: here } of segments) {
        const covering = all.filter((one) => one.start <= start && start < one.end);
        expect(new Set(here)).toEqual(new Set(covering));
      }
    }),
  );
});
