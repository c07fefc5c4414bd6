import { expect, test } from 'vitest';
import { analyseNote } from './analyse-note.ts';
import { type Assertion, assertionAt } from './assertion.ts';

function said(text: string, word: string): Assertion {
  const start = text.lastIndexOf(word);
  expect(start).toBeGreaterThanOrEqual(0);
  return assertionAt(analyseNote(text), start, start + word.length);
}

test('[R24] the near end of a mention decides', () => {
  const text = 'No joint pain, but swelling';
  const analysis = analyseNote(text);
  expect(assertionAt(analysis, 3, text.length).negated).toBe(true); // it begins within the reach
  expect(assertionAt(analysis, text.indexOf('pain, but'), text.length).negated).toBe(true);
  expect(assertionAt(analysis, text.indexOf('swelling'), text.length).negated).toBe(false);
  const back = 'Cough; fever was ruled out';
  expect(assertionAt(analyseNote(back), 0, back.indexOf(' was')).negated).toBe(true); // it ends within the reach
  expect(assertionAt(analyseNote(back), 0, 'Cough'.length).negated).toBe(false);
});

test('[R25] a section says what holds in it, its heading nothing of its own words', () => {
  expect(said('Family History: psoriasis', 'psoriasis').experiencer).toBe('family');
  expect(said('Past Medical History: psoriasis', 'psoriasis').assertion).toBe('historical');
  expect(said('Social History: smoking cigars', 'cigars').assertion).toBe('historical');
  expect(said('Medications: methotrexate', 'methotrexate').assertion).toBe('affirmed');
  expect(said('Family History: none', 'Family').experiencer).toBe('patient');
});

test.each([
  ['Her mother has no psoriasis', 'other-experiencer'],
  ['If there is no psoriasis', 'negated'],
  ['Return if possible psoriasis', 'hypothetical'],
  ['Possible history of psoriasis', 'possible'],
  ['History of psoriasis', 'historical'],
  ['She has psoriasis', 'affirmed'],
])('[R26] %s: %s', (text, word) => {
  expect(said(text, 'psoriasis').assertion).toBe(word);
});

test('[R26] several hold at once', () => {
  const found = said('She has no history of psoriasis', 'psoriasis');
  expect([found.negated, found.historical, found.possible]).toEqual([true, true, false]);
});

test('[R27] the nearest cue is told with its place', () => {
  const text = 'No fever, no cough, no wheeze';
  expect(said(text, 'cough').cue).toEqual({ category: 'negated', start: 10, end: 12, text: 'no' });
  expect(said('Family History: psoriasis', 'psoriasis').cue).toEqual({ category: 'family', start: 0, end: 16 });
  expect(said('She has psoriasis', 'psoriasis').cue).toBeUndefined();
});
