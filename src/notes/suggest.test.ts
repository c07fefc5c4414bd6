import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type SuggestionKind, suggestionsFor } from './suggest.ts';

const vocabulary = Object.entries({
  psoriasis: 90,
  psoriatic: 40,
  psoraisis: 1,
  soriasis: 2,
  psiorasis: 1,
  psorasiss: 3,
  rash: 50,
  cash: 2,
  rashes: 9,
  ra: 30,
  rb: 3,
  rheumatoid: 60,
  arthritis: 80,
  arthritides: 2,
  night: 30,
  nights: 4,
  sweats: 20,
  nightsweats: 5,
  x: 10,
  ray: 12,
  rays: 2,
  xray: 7,
  h1n1: 4,
  h1n2: 1,
  lupus: 30,
  sle: 12,
  systemic: 33,
}).map(([word, notes]) => ({ word, notes }));
const definitions = [
  { short: 'RA', long: 'Rheumatoid arthritis', notes: 7 },
  { short: 'RA', long: 'right atrium', notes: 2 },
  { short: 'RA', long: 'rheumatoid arthritis', notes: 1 },
  { short: 'SL', long: 'systemic lupus', notes: 1 },
];

function terms(term: string, kind?: SuggestionKind): string[] {
  const all = suggestionsFor(term, vocabulary, definitions);
  return all.filter((one) => !kind || one.kind === kind).map((one) => one.term);
}

test('[R104] other forms of a word, with how many notes have it', () => {
  expect(suggestionsFor('Psoriasis', vocabulary, []).filter(({ kind }) => kind === 'form')).toEqual([
    { term: 'psoriatic', kind: 'form', why: 'another form of psoriasis', notes: 40 },
  ]);
});

test('[R105] one change, or two in a long word, wherever it is; rare words too', () => {
  expect(terms('psoriasis', 'spelling')).toEqual(['psorasiss', 'soriasis', 'psiorasis', 'psoraisis']);
  expect(terms('rash', 'spelling')).toEqual(['cash']);
});

test('[R105] none for short words and words with digits', () => {
  expect(terms('rb', 'spelling')).toEqual([]);
  expect(terms('h1n1')).toEqual([]);
});

test('[R106] written together or apart', () => {
  expect(terms('night sweats', 'parts')).toEqual(['nightsweats']);
  expect(terms('NightSweats', 'parts')).toEqual(['night sweats']);
  expect(terms('xray', 'parts')).toEqual(['x ray']);
  expect(terms('x-ray', 'parts')).toEqual(['xray']);
});

test('[R107] abbreviations both ways, in phrases and in other forms', () => {
  expect(suggestionsFor('RA', vocabulary, definitions)).toEqual([
    { term: 'rheumatoid arthritis', kind: 'long', why: 'ra stands for it in 8 notes', notes: 8 },
    { term: 'right atrium', kind: 'long', why: 'ra stands for it in 2 notes', notes: 2 },
  ]);
  expect(suggestionsFor('rheumatoid arthritides', vocabulary, definitions)[0]).toEqual({
    term: 'ra',
    kind: 'short',
    why: 'stands for the term in 8 notes',
    notes: 30,
  });
  expect(terms('RA flare', 'long')).toEqual(['rheumatoid arthritis flare', 'right atrium flare']);
  expect(terms('systemic lupus', 'short')).toEqual(['sl']);
});

test('[R108] of a phrase one word at a time is varied', () => {
  expect(terms('nights rashes', 'form')).toEqual(['nights rash', 'night rashes']);
  expect(terms('')).toEqual([]);
  expect(terms('()')).toEqual([]);
});

const word = fc.string({ unit: fc.constantFrom('a', 'e', 's', 'i', 'c', 'y'), minLength: 1, maxLength: 9 });
const entry = fc.record({ word, notes: fc.integer({ min: 1, max: 99 }) });
const order: readonly SuggestionKind[] = ['long', 'short', 'form', 'parts', 'spelling'];

test('[R108][R109] each once, none the term, by kind and notes, of words of the index', () => {
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 3 }),
      fc.uniqueArray(entry, { selector: (one) => one.word }),
      fc.array(fc.record({ short: word, long: word, notes: fc.integer({ min: 1, max: 9 }) })),
      (words, there, known) => {
        const found = suggestionsFor(words.join(' '), there, known);
        const shown = found.map(({ term }) => term);
        expect(new Set(shown).size).toBe(shown.length);
        expect(shown).not.toContain(words.join(' '));
        const rank = found.map(({ kind, notes }) => order.indexOf(kind) * 1000 - notes);
        expect(rank).toEqual(rank.toSorted((a, b) => a - b));
        const allowed = new Set([...words, ...there.map((one) => one.word)]);
        for (const { kind, term } of found.filter(({ kind: each }) => each !== 'long' && each !== 'short'))
          expect([kind, term, term.split(' ').every((each) => allowed.has(each))]).toEqual([kind, term, true]);
      },
    ),
    { numRuns: 500 },
  );
});

test('[R105] the vocabulary is run through once, however many words a phrase has', () => {
  let read = 0;
  function* counted() {
    for (const one of vocabulary) {
      read++;
      yield one;
    }
  }
  expect(suggestionsFor('psoriasis rash night sweats x-ray', counted(), definitions).length).toBeGreaterThan(5);
  expect(read).toBe(vocabulary.length);
});

test('[R105] misspellings are found among 500,000 words', () => {
  const many = Array.from({ length: 500_000 }, (_, at) => ({ word: `${at.toString(36)}qqqqqq`, notes: 1 }));
  const all = [...many, ...vocabulary];
  expect(suggestionsFor('psoriasis', all, [])).toEqual(suggestionsFor('psoriasis', vocabulary, []));
});
