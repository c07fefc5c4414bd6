import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyseNote } from './analyse-note.ts';
import { COPY, markCopies, type NoteParagraphs } from './copies.ts';
import { hostileNotes } from './hostile-notes.test-support.ts';
import { paragraphsOf } from './paragraphs.ts';
import { ByteWriter } from './postings/bytes.ts';
import { readParagraphs, writeParagraphs } from './postings/stored-paragraphs.ts';
import { hashOfWord, likeness, signaturesOf } from './signatures.ts';
import { tokenize } from './tokens.ts';

/** A note of these paragraphs of words. */
function note(...paragraphs: readonly (readonly string[])[]): NoteParagraphs {
  const words = paragraphs.flat();
  let end = 0;
  const places = paragraphs.map((each) => {
    const first = end;
    end += each.length;
    return { first, end };
  });
  return { paragraphs: places, signatures: signaturesOf(places, Uint32Array.from(words, hashOfWord)) };
}

function noteOf(text: string): NoteParagraphs {
  const { words, starts } = tokenize(text);
  const paragraphs = paragraphsOf(text, analyseNote(text), starts);
  return { paragraphs, signatures: signaturesOf(paragraphs, Uint32Array.from(words, hashOfWord)) };
}

const words = (count: number, from: number): string[] => Array.from({ length: count }, (_, at) => `w${from + at}`);
const word = fc.nat({ max: 40 }).map((number) => `w${number}`);
const paragraph = fc.array(word, { minLength: 8, maxLength: 40 });
const notes = fc.array(fc.array(paragraph, { maxLength: 4 }), { maxLength: 8 });

test('[R98] the same words in a later note are a copy, always', () => {
  fc.assert(
    fc.property(notes, paragraph, notes, (before, copied, after) => {
      const all = [...before, [copied], ...after, [copied]].map((each) => note(...each));
      expect(markCopies(all).at(-1)?.[0]?.likeness).toBe(1);
    }),
  );
});

test('[R98] a paragraph of other words is none, and within one note nothing is', () => {
  fc.assert(
    fc.property(notes, (all) => {
      const apart = all.map((each, at) => note(...each.map((one) => one.map((text) => `${text}x${at}`))));
      expect(markCopies(apart).flat().filter(Boolean)).toEqual([]);
    }),
    { numRuns: 500 },
  );
  expect(markCopies([note(words(20, 0), words(20, 0))])).toEqual([[undefined, undefined]]);
});

test('[R98] with one of sixty words changed it is a copy, with near certainty', () => {
  const found = Array.from({ length: 1000 }, (_, run) => {
    const before = words(60, run * 1000);
    return markCopies([note(before), note(before.with(run % 60, 'changed'))])[1]?.[0];
  });
  expect(found.filter(Boolean).length).toBeGreaterThanOrEqual(995);
});

test('[R98] with every tenth word changed it is none', () => {
  const found = Array.from({ length: 1000 }, (_, run) => {
    const before = words(60, run * 1000);
    return markCopies([note(before), note(before.map((each, at) => (at % 10 === 5 ? `${each}x` : each)))])[1]?.[0];
  });
  expect(found.filter(Boolean).length).toBeLessThanOrEqual(5);
});

test('[R99] a copy repeats what is no copy, in an earlier note, and is like it', () => {
  fc.assert(
    fc.property(notes, notes, (some, others) => {
      const all = [...some, ...others, ...some].map((each) => note(...each));
      const copies = markCopies(all);
      for (const [at, row] of copies.entries()) {
        for (const [place, copy] of row.entries()) {
          if (!copy) continue;
          const [here, there] = [all[at], all[copy.note]];
          expect(copy.note).toBeLessThan(at);
          expect(copies[copy.note]?.[copy.paragraph]).toBeUndefined();
          const found = here && there && likeness(here.signatures, place, there.signatures, copy.paragraph);
          expect(found).toBe(copy.likeness);
          expect(copy.likeness).toBeGreaterThanOrEqual(COPY);
        }
      }
    }),
  );
});

test('[R99] of several it repeats the most like, and of equals the first', () => {
  const near = words(60, 0).with(5, 'x');
  const [, , third] = markCopies([note(words(60, 0)), note(near, words(30, 500)), note(words(60, 0))]);
  expect(third).toEqual([{ note: 0, paragraph: 0, likeness: 1 }]);
  const twice = markCopies([note(words(30, 500)), note(words(60, 0), words(60, 0)), note(words(60, 0))]);
  expect(twice[2]).toEqual([{ note: 1, paragraph: 0, likeness: 1 }]);
});

test('[R98] of 40,000 paragraphs of a person, those that come again are copies', () => {
  const all = Array.from({ length: 5000 }, (_, at) =>
    note(...Array.from({ length: 8 }, (_, place) => words(40, ((at * 8 + place) % 20_000) * 50))),
  );
  const copies = markCopies(all).flat().filter(Boolean);
  expect(copies).toHaveLength(20_000);
});

test('[R100] what is stored are the paragraphs and their signatures', () => {
  fc.assert(
    fc.property(fc.array(paragraph, { maxLength: 6 }), fc.nat({ max: 300 }), (each, gap) => {
      const made = note(...each);
      const moved = {
        ...made,
        paragraphs: made.paragraphs.map(({ first, end }) => ({ first: first + gap, end: end + gap })),
      };
      expect(readParagraphs(stored(moved))).toEqual(moved);
    }),
  );
});

test('[R100] bytes of another format, or cut off, are refused', () => {
  const bytes = stored(note(words(9, 0)));
  expect(() => readParagraphs(bytes.slice(0, -1))).toThrow();
});

describe('hostile notes', () => {
  test.each(hostileNotes)('$name', (hostile) => {
    const made = noteOf(hostile.text());
    const [, copies] = markCopies([made, readParagraphs(stored(made))]);
    expect(copies?.every((copy) => copy?.likeness === 1)).toBe(true);
  });
});

function stored(paragraphs: NoteParagraphs): Uint8Array {
  const out = new ByteWriter();
  writeParagraphs(paragraphs, out);
  return out.view().slice();
}
