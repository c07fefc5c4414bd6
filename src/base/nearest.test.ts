import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editDistance, nearest } from './nearest.ts';

describe('nearest', () => {
  test('finds a slip, a swap, another case; nothing for another word', () => {
    expect(nearest('labl', ['code', 'label'])).toBe('label');
    expect(nearest('lable', ['cable car', 'label'])).toBe('label');
    expect(nearest('Label', ['label'])).toBe('label');
    expect(nearest('criterion', ['label', 'code'])).toBeUndefined();
    expect(nearest('a', ['b'])).toBeUndefined();
    expect(nearest('', ['b'])).toBeUndefined();
    expect(nearest('b', [])).toBeUndefined();
  });

  test('of several, the one with the fewest changes, and of equals the first', () => {
    expect(nearest('uric_acit', ['uric_acids', 'uric_acid'])).toBe('uric_acid');
    expect(nearest('toe', ['tow', 'top'])).toBe('tow');
  });

  const word = fc.string({ unit: fc.constantFrom('g', 'o', 'u', 't', '_', '-'), maxLength: 12 });

  test('a word that is there is its own nearest', () => {
    fc.assert(
      fc.property(
        word.filter((one) => one !== ''),
        fc.array(word),
        (one, others) => {
          expect(nearest(one, [...others, one])).toBe(one);
        },
      ),
    );
  });

  test('is never farther than a third of the word, by the plain recursion of the distance', () => {
    fc.assert(
      fc.property(
        word.filter((one) => one.length < 7),
        fc.array(
          word.filter((one) => one.length < 7),
          { maxLength: 4 },
        ),
        (one, others) => {
          const found = nearest(one, others);
          const limit = Math.max(2, Math.floor(one.length / 3));
          const fits = (other: string): boolean =>
            distance(one, other) <= limit && distance(one, other) < Math.max(one.length, other.length);
          expect(found !== undefined).toBe(others.some(fits));
          if (found !== undefined)
            expect(distance(one, found)).toBe(Math.min(...others.filter(fits).map((other) => distance(one, other))));
        },
      ),
    );
  });
});

describe('editDistance', () => {
  const word = fc.string({ unit: fc.constantFrom('g', 'o', 'u', 't'), maxLength: 7 });

  test('is the plain recursion, and no more is counted than the limit asks for', () => {
    fc.assert(
      fc.property(word, word, fc.nat({ max: 8 }), (one, other, limit) => {
        expect(editDistance(one, other)).toBe(distance(one, other));
        expect(editDistance(one, other, limit)).toBe(Math.min(distance(one, other), limit + 1));
      }),
      { numRuns: 2000 },
    );
  });

  test('a longer word after a short one has a table of its own size', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3);
    expect(editDistance('a'.repeat(5000), 'b'.repeat(4000))).toBe(5000);
    expect(editDistance('sitting', 'kitten')).toBe(3);
  });
});

/** The distance as it is defined: the cheapest of what can be done at the ends of two words. */
function distance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const [shortA, shortB] = [a.slice(0, -1), b.slice(0, -1)];
  if (a.at(-1) === b.at(-1)) return distance(shortA, shortB);
  const swapped = a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1);
  return Math.min(
    distance(shortA, b) + 1,
    distance(a, shortB) + 1,
    distance(shortA, shortB) + 1,
    swapped ? distance(a.slice(0, -2), b.slice(0, -2)) + 1 : Number.POSITIVE_INFINITY,
  );
}
