import fc from 'fast-check';
import { expect, test } from 'vitest';
import { notePartsOf } from './note-parts.ts';

const text = 'Gout of the toe. Copied: gout. New: gout again.';
const rangeOf = (start: number, end: number) => ({ start, end, set: 0 });

test('a note is cut where what is copied begins and ends, with its ranges', () => {
  const parts = notePartsOf(text, [rangeOf(0, 4), rangeOf(25, 29), rangeOf(36, 40)], [{ start: 17, end: 30 }]);
  expect(parts.map(({ isCopied }) => isCopied)).toEqual([false, true, false]);
  expect(parts.flatMap((part) => part.ranges.map(({ start, end }) => part.text.slice(start, end)))).toEqual([
    'Gout',
    'gout',
    'gout',
  ]);
});

test('no text is lost or doubled, whatever is copied', () => {
  const span = fc.tuple(fc.nat(60), fc.nat(60)).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), fc.array(span), (note, copied) => {
      const parts = notePartsOf(note, [], copied);
      expect(parts.map((part) => part.text).join('')).toBe(note);
      for (const { start, text: part } of parts) expect(note.slice(start, start + part.length)).toBe(part);
    }),
  );
});
