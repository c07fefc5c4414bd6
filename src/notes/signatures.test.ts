import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashOfWord, likeness, SIGNATURE_WORDS, signaturesOf } from './signatures.ts';

function signature(words: readonly string[]): Uint32Array {
  return signaturesOf([{ first: 0, end: words.length }], Uint32Array.from(words, hashOfWord));
}

function estimate(one: readonly string[], other: readonly string[]): number {
  return likeness(signature(one), 0, signature(other), 0);
}

/** The Jaccard index of the threes of words, counted. */
function jaccard(one: readonly string[], other: readonly string[]): number {
  const threes = (words: readonly string[]) =>
    new Set(words.slice(2).map((_, at) => words.slice(at, at + 3).join(' ')));
  const [a, b] = [threes(one), threes(other)];
  return a.intersection(b).size / a.union(b).size;
}

const word = fc.nat({ max: 1e6 }).map((number) => `w${number}`);
const paragraph = fc.array(word, { minLength: 8, maxLength: 120 });

test('[R97] the hash of a word is FNV-1a, finalized as in MurmurHash3', () => {
  expect(hashOfWord('')).toBe(finalized(0x811c9dc5));
  expect(hashOfWord('a')).toBe(finalized(0xe40c292c));
  expect(hashOfWord('foobar')).toBe(finalized(0xbf9cf968));
});

/** From published test values of FNV-1a. */
function finalized(fnv: number): number {
  let hash = BigInt(fnv);
  hash = ((hash ^ (hash >> 16n)) * 0x85ebca6bn) & 0xffffffffn;
  hash = ((hash ^ (hash >> 13n)) * 0xc2b2ae35n) & 0xffffffffn;
  return Number(hash ^ (hash >> 16n));
}

test('[R97] the same words are alike, whatever stands around them', () => {
  fc.assert(
    fc.property(paragraph, fc.array(word, { maxLength: 20 }), (words, before) => {
      const hashes = Uint32Array.from([...before, ...words, 'after'], hashOfWord);
      const there = signaturesOf([{ first: before.length, end: before.length + words.length }], hashes);
      expect(there).toEqual(signature(words));
      expect(likeness(there, 0, signature(words), 0)).toBe(1);
    }),
  );
});

test('[R97] paragraphs without a word in common are not alike', () => {
  fc.assert(
    fc.property(paragraph, paragraph, (one, other) => {
      expect(
        estimate(
          one,
          other.map((each) => `x${each}`),
        ),
      ).toBeLessThan(0.5);
    }),
    { numRuns: 2000 },
  );
});

test('[R97] likeness goes both ways and lies between 0 and 1', () => {
  fc.assert(
    fc.property(paragraph, paragraph, fc.nat(), (one, other, cut) => {
      const mixed = [...one.slice(0, cut % one.length), ...other];
      const found = estimate(one, mixed);
      expect(found).toBe(estimate(mixed, one));
      expect(found).toBeGreaterThanOrEqual(0);
      expect(found).toBeLessThanOrEqual(1);
    }),
  );
});

test('[R97] on the whole the estimate is the Jaccard index, with the error that so many bins leave', () => {
  let [sum, squares, bound] = [0, 0, 0];
  const runs = 4000;
  const next = numbers(97);
  for (let run = 0; run < runs; run++) {
    const words = Array.from({ length: 8 + (next() % 113) }, () => `w${next() % 1e6}`);
    const edited = words.map((each) => (next() % 20 === 0 ? `w${next() % 1e6}` : each));
    const truth = jaccard(words, edited);
    const error = estimate(words, edited) - truth;
    sum += error;
    squares += error * error;
    bound += (truth * (1 - truth) + 0.07) / Math.min(SIGNATURE_WORDS * 8, words.length); // sampling, and chance agreement
  }
  expect(Math.abs(sum / runs)).toBeLessThan(0.01);
  expect(squares / runs).toBeLessThan(bound / runs);
});

/** Numbers that repeat (xorshift32: Marsaglia 2003), so that the figures do. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
