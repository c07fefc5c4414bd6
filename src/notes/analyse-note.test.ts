import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyseNote } from './analyse-note.ts';
import { hostileNotes } from './hostile-notes.test-support.ts';
import { noteText } from './random-notes.test-support.ts';

/** That sections and sentences are parts of the text, one after the other, and sections begin where sentences do. */
function expectParts(text: string): void {
  const { sections, sentences } = analyseNote(text);
  for (const spans of [sections, sentences]) {
    expect(spans.map(({ start }) => start)).toEqual(spans.map((_, at) => spans[at - 1]?.end ?? 0));
    expect(spans.at(-1)?.end ?? 0).toBe(text.length);
    expect(spans.every(({ start, end }) => start < end)).toBe(true);
  }
  const starts = new Set(sentences.map(({ start }) => start));
  expect(sections.every(({ start }) => starts.has(start))).toBe(true);
}

test('[R4] sections and sentences cover the text, and no sentence crosses a section', () => {
  const texts = fc.oneof(noteText, fc.string({ unit: 'grapheme', maxLength: 300 }));
  fc.assert(fc.property(texts, expectParts), { numRuns: 500 });
});

test.each(hostileNotes)('[R4] so they do in a hostile note: $name', (note) => expectParts(note.text()));
