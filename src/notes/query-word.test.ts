import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance } from '../base/index.ts';
import { matcherOf } from './match-text.ts';
import { type QueryWord, queryWords, termWords, wordTest } from './query-word.ts';
import { fold, tokenize } from './tokens.ts';

/** The words of a text that a word matches. */
function found(word: QueryWord, text: string): string[] {
  return matcherOf([{ words: [word] }])(tokenize(text), text).map(({ start, end }) => text.slice(start, end));
}

function isMatch(word: QueryWord, surface: string): boolean {
  return wordTest(word)(fold(surface), () => surface);
}

const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '𝐀'), maxLength: 8 });

test('[R49] a star is any letters, a question mark one, anywhere in a word', () => {
  const text = 'calcified calcification Sclerosis decalcified cat coat ct';
  expect(found({ form: 'wild', text: 'c?t' }, text)).toEqual(['cat']);
  expect(found({ form: 'wild', text: 'c*t' }, text)).toEqual(['cat', 'coat', 'ct']);
  expect(found({ form: 'wild', text: '*calci*d' }, text)).toEqual(['calcified', 'decalcified']);
  expect(found({ form: 'wild', text: 'sclerosi?' }, text)).toEqual(['Sclerosis']);
  expect(isMatch({ form: 'wild', text: '?b' }, '𝐀b')).toBe(true);
});

test('[R49] what a wild word matches is what a regular expression does', () => {
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '𝐀', '*', '?'), maxLength: 8 });
  fc.assert(
    fc.property(pattern, letters, (text, word) => {
      const expression = new RegExp(`^${text.replaceAll('?', '.').replaceAll('*', '.*')}$`, 'su');
      expect(wordTest({ form: 'wild', text })(word, () => word)).toBe(expression.test(word));
    }),
    { numRuns: 5000 },
  );
});

test('[R49] many stars on a long word do not try every way to part it', () => {
  const test = wordTest({ form: 'wild', text: `${'*a'.repeat(50)}*b` });
  expect(test('a'.repeat(10_000), () => '')).toBe(false);
});

test('[R50] a fuzzy word is one or two letters away', () => {
  const text = 'psoriasis psoraisis psoriasi psorasi psorias soriasi psoriassis Psöriasis arthritis';
  const one = ['psoriasis', 'psoraisis', 'psoriasi', 'psoriassis', 'Psöriasis'];
  expect(found({ form: 'fuzzy', text: 'psoriasis', edits: 1 }, text)).toEqual(one);
  expect(found({ form: 'fuzzy', text: 'psoriasis', edits: 2 }, text)).toEqual(
    text.split(' ').filter((word) => word !== 'arthritis'),
  );
});

test('[R50] what a fuzzy word matches is what the edit distance says', () => {
  fc.assert(
    fc.property(letters, letters, fc.constantFrom(1 as const, 2 as const), (text, word, edits) => {
      expect(wordTest({ form: 'fuzzy', text, edits })(word, () => word)).toBe(editDistance(text, word) <= edits);
    }),
    { numRuns: 5000 },
  );
});

test('[R51] an exact word is as written, however its marks are encoded', () => {
  expect(found({ form: 'exact', text: 'CREST' }, 'CREST Crest crest')).toEqual(['CREST']);
  expect(found({ form: 'exact', text: 'Ménière' }, 'Ménière Me\u0301nie\u0300re Meniere ménière')).toHaveLength(2);
  expect(found({ form: 'exact', text: 'Meniere' }, 'Ménière Meniere')).toEqual(['Meniere']);
});

test('[R51] every word of a text is found by its own exact word', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (text) => {
      for (const surface of tokenize(text).starts.map((at, i) => text.slice(at, tokenize(text).ends[i]))) {
        expect(isMatch({ form: 'exact', text: surface.normalize('NFC') }, surface)).toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
});

test('[R62] the terms of a term set are words of a query', () => {
  const word = (text: string) => ({ form: 'word', text });
  expect(termWords('Psoriasis vulgaris')).toEqual([word('psoriasis'), word('vulgaris')]);
  expect(termWords('calcif* c?tis')).toEqual([
    { form: 'prefix', text: 'calcif' },
    { form: 'wild', text: 'c?tis' },
  ]);
  expect(termWords('=CREST Syndrome')).toEqual([
    { form: 'exact', text: 'CREST' },
    { form: 'exact', text: 'Syndrome' },
  ]);
  expect(termWords('psoriasis~1')).toEqual([{ form: 'fuzzy', text: 'psoriasis', edits: 1 }]);
  expect(termWords('knee pain~1')).toEqual([word('knee'), word('pain'), word('1')]);
  expect(termWords('pain (*)')).toEqual([word('pain')]);
});

test('[R49] words of a query are the words of a text, but for their signs', () => {
  expect(queryWords('a** *b ?c d?*')).toEqual([
    { form: 'prefix', text: 'a' },
    { form: 'wild', text: '*b' },
    { form: 'wild', text: '?c' },
    { form: 'wild', text: 'd?*' },
  ]);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
      const plain = text.replace(/[*?]/g, ' ');
      expect(queryWords(plain)).toEqual(tokenize(plain).words.map((one) => ({ form: 'word', text: one })));
    }),
    { numRuns: 2000 },
  );
});
