import { expect, test } from 'vitest';
import { analyseNote } from './analyse-note.ts';
import { sentencesOf } from './sentences.ts';

function sentences(text: string): string[] {
  return sentencesOf(text, []).map((span) => text.slice(span.start, span.end).trim());
}

test('[R9] stop, question and exclamation mark end a sentence', () => {
  expect(sentences('She is well. Is it gone? Yes! Good.')).toEqual(['She is well.', 'Is it gone?', 'Yes!', 'Good.']);
});

test.each([
  'Seen by Dr. Smith today.',
  'Seen by John Q. Public today.',
  'Took 5 mg. daily for a week.',
  'Hepatitis C. was treated.',
  'A lesion of 2.5 cm was seen.',
  'Several drugs, e.g. methotrexate, were given.',
])('[R9] no end: %s', (text) => {
  expect(sentences(text)).toEqual([text]);
});

test('[R9] a short form before a capital ends one', () => {
  expect(sentences('Took 5 mg. Then stopped.')).toEqual(['Took 5 mg.', 'Then stopped.']);
});

test('[R9] a page of stops ends where the next word begins', () => {
  expect(sentences(`Signed${'.'.repeat(1_000_000)} Next`).map((one) => one.length)).toEqual([1_000_006, 4]);
});

test('[R10] a stop without its blank ends a sentence between small letters and a capitalized word', () => {
  expect(sentences('There is no pain.The wound is dry.')).toEqual(['There is no pain.', 'The wound is dry.']);
  expect(sentences('see www.Example here')).toEqual(['see www.', 'Example here']);
  expect(sentences('file pa.The')).toEqual(['file pa.The']);
});

test('[R11] empty lines, bullets, labels and short lines end a sentence', () => {
  expect(sentences('a long line that the writer did not end here with a stop\n\nnext')).toHaveLength(2);
  expect(sentences('a long line that the writer did not end here with a stop\n- next')).toHaveLength(2);
  expect(sentences('a long line that the writer did not end here with a stop\nSkin: next')).toHaveLength(2);
  expect(sentences('Fever\nCough')).toEqual(['Fever', 'Cough']);
});

test('[R11] a long line, an open end, or a small letter after a line that is not very short goes on', () => {
  expect(sentences('a long line that the margin ended in the midst of it\nNext')).toHaveLength(1);
  expect(sentences('She denies\nFever')).toHaveLength(1);
  expect(sentences('She came in with a fever and\nCough')).toHaveLength(1);
  expect(sentences('She came with some fever to\nthe ward')).toHaveLength(1);
  expect(sentences('a fever\nthe ward')).toHaveLength(2);
});

test('[R12] a number of a list begins a sentence', () => {
  expect(sentences('We plan 1) rest 2) fluids')).toEqual(['We plan', '1) rest', '2) fluids']);
});

test('[R13] a heading begins a sentence', () => {
  const text = 'Examination: well Lungs:  clear.  Skin: dry';
  const { sentences: found } = analyseNote(text);
  expect(found.map((span) => text.slice(span.start, span.end).trim())).toContain('Skin: dry');
});
