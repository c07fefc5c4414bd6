import { expect, test } from 'vitest';
import { analyseNote } from './analyse-note.ts';
import { assertionAt } from './assertion.ts';

/** What is said of the word where it stands last in the text. */
function said(text: string, word: string) {
  const start = text.lastIndexOf(word);
  expect(start).toBeGreaterThanOrEqual(0);
  return assertionAt(analyseNote(text), start, start + word.length);
}

test('[R18] a cue reaches to the end of its sentence', () => {
  expect(said('She denies fever and a long list of things with cough.', 'cough').negated).toBe(true);
  expect(said('She denies fever. Today cough.', 'cough').negated).toBe(false);
});

test.each(['but', ';', 'however'])('[R18] an ending ends its reach: %s', (ending) => {
  expect(said(`No fever ${ending} cough.`, 'fever').negated).toBe(true);
  expect(said(`No fever ${ending} cough.`, 'cough').negated).toBe(false);
});

test('[R19] a cue of a phrase ends at the next mark, and at its number of words', () => {
  expect(said('Possible psoriasis, arthritis.', 'psoriasis').possible).toBe(true);
  expect(said('Possible psoriasis, arthritis.', 'arthritis').possible).toBe(false);
  expect(said('Possible a b c d e f g h i arthritis', 'arthritis').possible).toBe(true);
  expect(said('Possible a b c d e f g h i j arthritis', 'arthritis').possible).toBe(false);
});

test('[R20] a cue looks back over at most its words, to an ending or a semicolon', () => {
  expect(said('Pneumonia was ruled out.', 'Pneumonia').negated).toBe(true);
  expect(said('Cough, but pneumonia was ruled out.', 'Cough').negated).toBe(false);
  expect(said('Cough; pneumonia was ruled out.', 'Cough').negated).toBe(false);
  const between = (words: number) => `Cough ${'very '.repeat(words)}was ruled out`;
  expect(said(between(11), 'Cough').negated).toBe(true);
  expect(said(between(12), 'Cough').negated).toBe(false);
});

test('[R20] an answer is about its own question', () => {
  expect(said('fever: yes, chills: no', 'fever').negated).toBe(false);
  expect(said('fever: yes, chills: no', 'chills').negated).toBe(true);
});

test('[R21] what is said in brackets says nothing of the words behind them', () => {
  expect(said('Rash (no scale) and fever', 'scale').negated).toBe(true);
  expect(said('Rash (no scale) and fever', 'fever').negated).toBe(false);
  expect(said('1) no scale and 3) fever', 'scale').negated).toBe(true);
});

test('[R22] words of a heading say nothing of the text under it', () => {
  expect(said('HISTORY OF COUGH: fever today', 'fever').historical).toBe(false);
  expect(said('History of cough and fever', 'fever').historical).toBe(true);
});

test('[R23] the next cue of the category takes over', () => {
  const { scopes } = analyseNote('No fever and no cough here');
  const denied = scopes.filter((scope) => scope.category === 'negated');
  expect(denied.map((scope) => [scope.start, scope.end])).toEqual([
    [2, 15],
    [15, 26],
  ]);
});
