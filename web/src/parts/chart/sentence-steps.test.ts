import { expect, test } from 'vitest';
import { addSentence, stepSentence } from './sentence-steps.ts';

const text = 'One 😀.  Two.\n\n \nThree.';
const sentences = [
  { start: 0, end: 9 },
  { start: 9, end: 15 },
  { start: 15, end: 17 },
  { start: 17, end: 23 },
];
const said = (span: { start: number; end: number } | undefined) => span && text.slice(span.start, span.end);

test('from sentence to sentence, over what is empty, to the ends', () => {
  const one = stepSentence(text, sentences, undefined, 1);
  expect(said(one)).toBe('One 😀.');
  const two = stepSentence(text, sentences, one, 1);
  expect(said(two)).toBe('Two.');
  const three = stepSentence(text, sentences, two, 1);
  expect(said(three)).toBe('Three.');
  expect(stepSentence(text, sentences, three, 1)).toBeUndefined();
  expect(said(stepSentence(text, sentences, three, -1))).toBe('Two.');
  expect(stepSentence(text, sentences, one, -1)).toBeUndefined();
});

test('nothing chosen: the first sentence from where one looks', () => {
  expect(said(stepSentence(text, sentences, undefined, 1, 10))).toBe('Two.');
});

test('longer by the next sentence, and no longer than there is', () => {
  const longer = addSentence(text, sentences, { start: 9, end: 13 });
  expect(said(longer)).toBe('Two.\n\n \nThree.');
  expect(addSentence(text, sentences, longer)).toEqual(longer);
});
