import { expect, test } from 'vitest';
import { matcherOf, type Pattern } from './match-text.ts';
import { queryWords } from './query-word.ts';
import { tokenize } from './tokens.ts';

function found(text: string, ...patterns: readonly (string | [string, number])[]): string[] {
  const made = patterns.map(
    (one): Pattern =>
      typeof one === 'string' ? { words: queryWords(one) } : { words: queryWords(one[0]), near: one[1] },
  );
  return matcherOf(made)(tokenize(text), text).map((span) => text.slice(span.start, span.end));
}

test('[R30] whole words in any case; a star for the rest of a word', () => {
  expect(found('Calcified, calcification; CALCIFIED Ménière', 'calcified')).toEqual(['Calcified', 'CALCIFIED']);
  expect(found('Calcified, calcification; decalcified', 'calcif*')).toEqual(['Calcified', 'calcification']);
  expect(found('Ménière', 'meniere')).toEqual(['Ménière']);
});

test('[R31] words in a row, whatever marks stand between', () => {
  expect(found('night sweats, night-sweats, night\nsweats, night no sweats', 'night sweats')).toHaveLength(3);
  expect(found('a a a', 'a a')).toEqual(['a a', 'a a']);
  expect(found('psoriatic arthritis', 'psor* arth*')).toEqual(['psoriatic arthritis']);
});

test('[R32] the smallest stretches with the words near one another, in any order', () => {
  expect(found('pain of the left knee', ['knee pain', 3])).toEqual(['pain of the left knee']);
  expect(found('pain of the left knee', ['knee pain', 2])).toEqual([]);
  expect(found('knee pain and knee', ['knee pain', 5])).toEqual(['knee pain', 'pain and knee']);
  expect(found('pain knee', ['pain pain', 5])).toEqual([]);
  expect(found('pain knee pain', ['pain pain', 5])).toEqual(['pain knee pain']);
});

test('[R42] each place once, in order', () => {
  expect(found('b a b', 'b', 'a', 'b')).toEqual(['b', 'a', 'b']);
});
