import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formsOf } from './word-forms.ts';

const GROUPS = [
  ['calcify', 'calcified', 'calcifies', 'calcifying', 'calcification', 'calcifications', 'calcific'],
  ['arthritis', 'arthritides', 'arthritic'],
  ['psoriasis', 'psoriases', 'psoriatic'],
  ['sclerosis', 'scleroses', 'sclerotic'],
  ['metastasis', 'metastases', 'metastatic', 'metastasized'],
  ['bursa', 'bursae', 'bursas', 'bursal'],
  ['granuloma', 'granulomas', 'granulomata', 'granulomatous'],
  ['rectum', 'rectal'],
  ['meniscus', 'menisci', 'meniscal'],
  ['ganglion', 'ganglia'],
  ['cortex', 'cortices', 'cortical'],
  ['larynx', 'laryngeal'],
  ['biopsy', 'biopsies', 'biopsied'],
  ['ulcer', 'ulcers', 'ulcerated', 'ulceration'],
  ['scar', 'scars', 'scarred', 'scarring'],
  ['nodule', 'nodules', 'nodular'],
  ['anaemia', 'anemia', 'anaemic', 'anemic'],
  ['oedema', 'edema', 'edematous'],
  ['tumour', 'tumor', 'tumours', 'tumors'],
  ['fibre', 'fiber'],
  ['localised', 'localized', 'localisation', 'localization'],
  ['labelled', 'labeled'],
  ['sulphate', 'sulfate'],
];

test.each(GROUPS)('[R104] forms of one word: %s, %s ...', (first, ...others) => {
  for (const other of others) {
    expect([other, formsOf(first)(other)]).toEqual([other, true]);
    expect([other, formsOf(other)(first)]).toEqual([other, true]);
  }
});

test.each([
  ['arthritis', 'arthralgia'],
  ['arthritis', 'arthrosis'],
  ['nephritis', 'nephrosis'],
  ['calcify', 'calcium'],
  ['colon', 'colonoscopy'],
  ['arm', 'army'],
  ['hypertension', 'hypotension'],
  ['psoriasis', 'psoriasis'],
])('[R104] no forms of one word: %s and %s', (one, other) => {
  expect(formsOf(one)(other)).toBe(false);
  expect(formsOf(other)(other)).toBe(false);
});

test('[R104] forms go both ways, whatever the words', () => {
  const word = fc
    .tuple(
      fc.constantFrom('calcif', 'scar', 'arthrit', 'oedem', 'tumour', 'fib', 'bas'),
      fc.constantFrom('', 's', 'y', 'is', 'a', 'red', 'ring', 'ied', 'ised', 're', 'al'),
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(word, word, (one, other) => {
      expect(formsOf(one)(other)).toBe(formsOf(other)(one));
    }),
    { numRuns: 2000 },
  );
});
