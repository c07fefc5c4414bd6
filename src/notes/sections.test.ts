import { describe, expect, test } from 'vitest';
import { HeadingNames } from './heading-names.ts';
import { readLexicon } from './lexicon.ts';
import { findHeadings, sectionsOf } from './sections.ts';

const names = new HeadingNames(readLexicon().headings);

/** Each section as its kind and the text under its heading. */
function sections(text: string): string[] {
  return sectionsOf(findHeadings(text, names), text.length).map(
    (section) => `${section.kind}|${text.slice(section.bodyStart, section.end).trim()}`,
  );
}

describe('known headings', () => {
  test.each([
    ['alone on its line', 'Family History\nnone', ['family-history|none']],
    ['with a number', '2. Family History\nnone', ['family-history|none']],
    ['before a colon', 'Family History: none', ['family-history|none']],
    ['before a colon, small, at the start of a line', 'family history: none', ['family-history|none']],
    [
      'after the end of a sentence',
      'She is well. Family History: none',
      ['preamble|She is well.', 'family-history|none'],
    ],
    ['before a dash', 'Family History - none', ['family-history|none']],
  ])('[R5] %s', (_form, text, expected) => {
    expect(sections(text)).toEqual(expected);
  });

  test('[R5] not in the middle of a sentence, nor small behind one', () => {
    expect(sections('We asked for family history: none')).toHaveLength(1);
    expect(sections('She is well. family history: none')).toHaveLength(1);
  });
});

test('[R6] a marked line and words in capitals are headings whatever they say', () => {
  expect(sections('## Something new\ntext')).toEqual(['other|text']);
  expect(sections('**Plan**\nrest')).toEqual(['assessment-plan|rest']);
  expect(sections('SOMETHING NEW: text')).toEqual(['other|text']);
});

test('[R6] three capitals, or seven words, are none', () => {
  expect(sections('MRI: text')).toEqual(['preamble|MRI: text']);
  expect(sections('ONE TWO THREE FOUR FIVE SIX SEVEN: text')).toHaveLength(1);
});

test('[R7] the parts of an examination begin no section', () => {
  expect(sections('Examination:\nLungs: clear\nSkin: plaques')).toEqual(['examination|Lungs: clear\nSkin: plaques']);
});

test('[R8] what stands before the first heading is the preamble', () => {
  expect(sections('Seen today.\nPlan: rest')).toEqual(['preamble|Seen today.', 'assessment-plan|rest']);
  expect(sections('Plan: rest')).toEqual(['assessment-plan|rest']);
  expect(sections('')).toEqual([]);
});
