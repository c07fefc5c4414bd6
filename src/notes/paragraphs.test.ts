import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyseNote } from './analyse-note.ts';
import { hostileNotes } from './hostile-notes.test-support.ts';
import { paragraphsOf } from './paragraphs.ts';
import { noteText } from './random-notes.test-support.ts';
import { tokenize } from './tokens.ts';

/** The words of each paragraph. */
function paragraphs(text: string): string[] {
  const { words, starts } = tokenize(text);
  return paragraphsOf(text, analyseNote(text), starts).map(({ first, end }) => words.slice(first, end).join(' '));
}

const EIGHT = 'one two three four five six seven eight';

test('[R95] paragraphs stand between empty lines, lines of signs alone, and sections', () => {
  expect(paragraphs(`${EIGHT}\n\n${EIGHT} nine`)).toEqual([EIGHT, `${EIGHT} nine`]);
  expect(paragraphs(`${EIGHT}\r\n \t\r\n${EIGHT} nine`)).toEqual([EIGHT, `${EIGHT} nine`]);
  expect(paragraphs(`${EIGHT}\r\r${EIGHT} nine`)).toEqual([EIGHT, `${EIGHT} nine`]);
  expect(paragraphs(`${EIGHT}\n-----\n${EIGHT} nine`)).toEqual([EIGHT, `${EIGHT} nine`]);
  expect(paragraphs(`${EIGHT}\nPLAN: ${EIGHT}`)).toEqual([EIGHT, `plan ${EIGHT}`]);
  expect(paragraphs(`${EIGHT}\n${EIGHT}`)).toEqual([`${EIGHT} ${EIGHT}`]);
});

test('[R95] what has fewer than eight words is none', () => {
  expect(paragraphs(`Allergies: none\n\n${EIGHT}\n\none two three four five six seven`)).toEqual([EIGHT]);
  expect(paragraphs('')).toEqual([]);
});

const long = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, at) => `Sentence ${at + from} has ${'so '.repeat((at + from) % 7)}many words.`);

test('[R96] long paragraphs are cut at ends of sentences, and no word is lost', () => {
  const text = long(60).join(' ');
  const pieces = paragraphs(text);
  expect(pieces.length).toBeGreaterThan(4);
  expect(pieces.join(' ')).toBe(tokenize(text).words.join(' '));
  for (const piece of pieces) {
    expect(piece).toMatch(/^sentence .* words$/);
    expect(piece.split(' ').length).toBeLessThan(100 + 12);
  }
  for (const piece of pieces.slice(0, -1)) expect(piece.split(' ').length).toBeGreaterThanOrEqual(30);
});

test('[R96] a sentence that is added moves the cuts near it and no others', () => {
  const before = paragraphs(long(200).join(' '));
  const after = paragraphs(['A new one stands here.', ...long(200)].join(' '));
  expect(after.filter((piece) => before.includes(piece)).length).toBeGreaterThan(before.length / 2);
});

test('[R95] paragraphs are in order, apart, and of words that there are', () => {
  fc.assert(
    fc.property(fc.oneof(noteText, fc.string({ unit: 'grapheme', maxLength: 300 })), (text) => {
      const { starts } = tokenize(text);
      let last = 0;
      for (const { first, end } of paragraphsOf(text, analyseNote(text), starts)) {
        expect(first).toBeGreaterThanOrEqual(last);
        expect(end - first).toBeGreaterThanOrEqual(8);
        last = end;
      }
      expect(last).toBeLessThanOrEqual(starts.length);
    }),
    { numRuns: 500 },
  );
});

describe('hostile notes', () => {
  test.each(hostileNotes)('$name', (note) => {
    const text = note.text();
    const [analysis, { starts }] = [analyseNote(text), tokenize(text)];
    const found = paragraphsOf(text, analysis, starts);
    expect(found.every(({ first, end }) => first >= 0 && end > first && end <= starts.length)).toBe(true);
  });
});
