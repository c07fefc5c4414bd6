import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold, tokenize } from './tokens.ts';

test('[R1] letters, digits and private-use characters are words, all else parts them', () => {
  expect(tokenize('H1N1-positive; pt\u2019s β-blocker\u200b\uE000x').words).toEqual([
    'h1n1',
    'positive',
    'pt',
    's',
    'β',
    'blocker',
    '\uE000x',
  ]);
});

test('[R1] a word has no blank and no ASCII sign, so that a blank between words parts them for the index', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const word of tokenize(text).words) expect(word).toMatch(/^[a-z0-9\u0080-\u{10FFFF}]+$/u);
    }),
  );
});

test('[R2] words are compared in lower case, without diacritics, ligatures spelled out', () => {
  expect(fold('Ménière')).toBe('meniere');
  expect(fold('ﬁbroma')).toBe('fibroma');
  expect(fold('ΣΊΣΥΦΟΣ')).toBe(fold('σίσυφοσ'));
});

test('[R2] a place is told in UTF-16 units of the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const { words, starts, ends } = tokenize(text);
      for (const [at, word] of words.entries()) expect(fold(text.slice(starts[at], ends[at]))).toBe(word);
    }),
  );
});
