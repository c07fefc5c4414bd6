import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyseNote } from './analyse-note.ts';
import { noteText } from './random-notes.test-support.ts';
import { decodeAnalysis, encodeAnalysis } from './stored-analysis.ts';

const texts = fc.oneof(noteText, fc.string({ unit: 'grapheme', maxLength: 300 }));

test('[R4] sections and sentences cover the text, and no sentence crosses a section', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const { sections, sentences } = analyseNote(text);
      for (const spans of [sections, sentences]) {
        expect(spans.map((span) => text.slice(span.start, span.end)).join('')).toBe(text);
        expect(spans.every((span) => span.start < span.end)).toBe(true);
      }
      const starts = new Set(sentences.map((sentence) => sentence.start));
      expect(sections.every((section) => starts.has(section.start))).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('[R28] what is stored is the analysis of the text', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const analysis = analyseNote(text);
      expect(decodeAnalysis(encodeAnalysis(analysis), text)).toEqual(analysis);
    }),
    { numRuns: 500 },
  );
});

test('[R28] bytes of another format, or cut off, are refused', () => {
  const bytes = encodeAnalysis(analyseNote('No fever.'));
  expect(() => decodeAnalysis(Uint8Array.of(99, ...bytes.slice(1)), 'No fever.')).toThrow('format');
  expect(() => decodeAnalysis(bytes.slice(0, -1), 'No fever.')).toThrow('early');
});
