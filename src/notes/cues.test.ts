import { expect, test } from 'vitest';
import type { ScopeCategory } from './analysis.ts';
import { CueTree } from './cue-tree.ts';
import { findCues } from './cues.ts';
import { readLexicon } from './lexicon.ts';
import { NoteTokens } from './note-tokens.ts';
import { triggersOf } from './triggers.ts';

const tree = new CueTree(triggersOf(readLexicon().triggers));

/** The cues of a category in a text, as it writes them. */
function cues(category: ScopeCategory, text: string): string[] {
  const note = new NoteTokens(tree.words);
  note.read(text);
  const { count, starts, ends } = note.tokens;
  const places = findCues(tree, note.tokens, 0, count)
    .filter(({ trigger }) => trigger.kind === 'cue' && trigger.category === category)
    .map((cue) => `${starts[cue.first]} ${ends[cue.last]}`); // the lexicon may say a trigger twice
  return [...new Set(places)].map((place) => text.slice(...(place.split(' ').map(Number) as [number, number])));
}

test('[R14] the longest trigger of a category counts', () => {
  expect(cues('negated', 'There is no evidence of fever')).toEqual(['no evidence of']);
  expect(cues('negated', 'No fever, no cough')).toEqual(['No', 'no']);
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
