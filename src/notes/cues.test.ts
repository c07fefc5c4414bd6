import { expect, test } from 'vitest';
import { findCues, triggerTree } from './cues.ts';
import type { Trigger } from './lexicon.ts';
import { readTriggers } from './lexicon.ts';
import { tokenizeWithMarks } from './tokens.ts';

const tree = triggerTree(readTriggers());

/** The cues of a category in a text, as their words. */
function cues(category: Trigger['category'], text: string): string[] {
  const tokens = tokenizeWithMarks(text);
  const places = findCues(tree, tokens)
    .filter((cue) => cue.trigger.category === category)
    .map((cue) => `${cue.first} ${cue.last}`); // the lexicon may say a trigger twice
  return [...new Set(places)].map((place) => {
    const [first = 0, last = 0] = place.split(' ').map(Number);
    return tokens.words.slice(first, last + 1).join(' ');
  });
}

test('[R14] the longest trigger of a category counts', () => {
  expect(cues('negated', 'There is no evidence of fever')).toEqual(['no evidence of']);
  expect(cues('negated', 'No fever, no cough')).toEqual(['no', 'no']);
  expect(cues('negated', 'nothing of note')).toEqual([]);
});

test('[R14] a word may be a cue of two categories', () => {
  expect(cues('negated', 'no history of fever')).toEqual(['no history of']);
  expect(cues('historical', 'no history of fever')).toEqual(['no history of']);
});

test('[R15] a pseudo trigger hides the cues of its categories', () => {
  expect(cues('negated', 'no change in the rash')).toEqual([]);
  expect(cues('historical', 'history and physical')).toEqual([]);
});

test('[R16] an answer counts only before a mark or the end', () => {
  expect(cues('negated', 'fever: no')).toEqual([': no']);
  expect(cues('negated', 'fever: no, cough: yes')).toEqual([': no']);
  expect(cues('negated', 'plan: no work')).toEqual(['no']);
});

test('[R17] digits and years stand for themselves in a trigger', () => {
  expect(cues('historical', 'a fracture in 1998')).toEqual(['in 1998']);
  expect(cues('historical', 'a fracture in 2150')).toEqual([]);
  expect(cues('historical', 'a 3 day history of pain')).toEqual([]);
  expect(cues('historical', 'a history of pain')).toEqual(['history of']);
});
