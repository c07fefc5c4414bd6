import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { definitionsIn } from './definitions.ts';
import { hostileNotes } from './hostile-notes.test-support.ts';

function pairs(text: string): string[] {
  return definitionsIn(text).map(({ short, long }) => `${short} = ${long}`);
}

const BEFORE = [
  ['She has systemic lupus erythematosus (SLE) and fever.', 'SLE = systemic lupus erythematosus'],
  ['Started hydrochlorothiazide (HCTZ) today', 'HCTZ = hydrochlorothiazide'],
  ['Acute myocardial infarction (MI).', 'MI = myocardial infarction'],
  ['Open reduction and internal\nfixation (ORIF, left)', 'ORIF = Open reduction and internal fixation'],
  ['Type 2 diabetes mellitus ("T2DM")', 'T2DM = Type 2 diabetes mellitus'],
  ['Deep tendon reflexes (DTRs) 2+', 'DTRs = Deep tendon reflexes'],
];

test.each(BEFORE)('[R101] a long form before its short form in brackets: %s', (text, pair) => {
  expect(pairs(text)).toEqual([pair]);
});

const AFTER = [
  ['Has SLE (systemic lupus erythematosus).', 'SLE = systemic lupus erythematosus'],
  [
    'WAIS-III (Wechsler Adult Intelligence Scale, Third Edition)',
    'WAIS-III = Wechsler Adult Intelligence Scale, Third Edition',
  ],
  ['No I&D (incision and drainage)', 'I&D = incision and drainage'],
];

test.each(AFTER)('[R102] a short form before its long form in brackets: %s', (text, pair) => {
  expect(pairs(text)).toEqual([pair]);
});

const NONE = [
  'Lesions (left) and (R) knee (2) x (see Above)',
  'Sudden onset of blindness (OS) and worse (OU)',
  'Liver function panel (LFT)',
  'Strength 4/5 (R>L) rigidity in the right leg',
  'Diabetes type two (II)',
  'Systemic lupus. Erythematosus (SLE)',
  'systemic lupus\n\nerythematosus (SLE)',
  'Allergies (Seasonal And Latex Exposure and so on, without any end to it that would ever come, for a hundred letters and more)',
  'SLE (SLE)',
  'systemic lupus (erythematosus (SLE',
];

test.each(NONE)('[R103] no definition: %s', (text) => {
  expect(pairs(text)).toEqual([]);
});

test('[R101] the places hold both forms, and the letters of the short form stand in the long one in order', () => {
  const part = fc.constantFrom(
    'systemic',
    'lupus',
    'erythematosus',
    'SLE',
    '(SLE)',
    '(',
    ')',
    '.',
    '\n',
    ' ',
    'Ménière (M)',
    'İ',
    '\ud800',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
      const text = parts.join(' ');
      for (const { short, long, start, end } of definitionsIn(text)) {
        const both = text.slice(start, end).replace(/\s+/g, ' ');
        expect(both.includes(short) && both.includes(long) && both.endsWith(')')).toBe(true);
        const letters = [...short.toLowerCase()].filter((letter) => /\p{L}/u.test(letter));
        expect(long.toLowerCase()).toMatch(new RegExp(letters.join('.*'), 'su'));
      }
    }),
    { numRuns: 1000 },
  );
});

describe('hostile notes', () => {
  test.each(hostileNotes)('$name', (note) => {
    expect(definitionsIn(note.text())).toEqual([]);
  });
});
