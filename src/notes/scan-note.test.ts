import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyseNote } from './analyse-note.ts';
import { noteText } from './random-notes.test-support.ts';
import { type NoteScan, NoteScanner } from './scan-note.ts';
import { tokenize } from './tokens.ts';

const STRANGE = [
  'Ménière',
  'e\u0301',
  '\u212A',
  'ﬁn',
  'ΣΑΣ',
  'שלום',
  '𐐀𐐨',
  '😀',
  '\ud800',
  '\u0000',
  '\ufeff',
  '\u00a0',
];
const SIGNS = [
  '-ve',
  '+VE',
  '(-)',
  '- ',
  '\r\n',
  '**',
  '# ',
  '1) ',
  'e.g. ',
  'J. ',
  '1998',
  ' – ',
  ')',
  '((',
  '"',
  '_',
];

/** Notes, and notes among all that a file may hold. */
const texts = fc.oneof(
  noteText,
  fc
    .array(fc.oneof(noteText, fc.constantFrom(...STRANGE, ...SIGNS), fc.string({ unit: 'binary' })))
    .map((parts) => parts.join('')),
);

/** The words of a scan written out: what it shares with the next one does not count. */
function wordsOf(scanner: NoteScanner, { words }: NoteScan) {
  const { numbers } = scanner;
  return Array.from({ length: words.count }, (_, at) => {
    const surface = words.surfaces[at] ?? -1;
    return {
      word: numbers.word(words.words[at] ?? -1),
      surface: numbers.surface(surface),
      plain: numbers.isPlain(surface),
      same: numbers.wordOfSurface(surface) === words.words[at],
      start: words.starts[at],
      end: words.ends[at],
    };
  });
}

test('[R90] the words of a scan are those of the text', () => {
  const scanner = new NoteScanner();
  fc.assert(
    fc.property(texts, (text) => {
      const { words, starts, ends } = tokenize(text);
      const expected = words.map((word, at) => {
        const surface = text.slice(starts[at], ends[at]).normalize('NFC');
        return { word, surface, plain: surface === word, same: true, start: starts[at], end: ends[at] };
      });
      expect(wordsOf(scanner, scanner.scan(text))).toEqual(expected);
    }),
    { numRuns: 1000 },
  );
});

test('[R90] a word has one number, and each way of writing it has one of its own', () => {
  const scanner = new NoteScanner();
  const { words } = scanner.scan('Ménière MENIERE meniere Me\u0301nie\u0300re meniere');
  expect(new Set(words.words.subarray(0, words.count))).toHaveLength(1);
  expect([...words.surfaces.subarray(0, words.count)]).toEqual([0, 1, 2, 0, 2]);
  expect(scanner.numbers.size).toBe(1);
  expect(scanner.numbers.surfaceCount).toBe(3);
});

test('[R90] numbers hold from note to note, through any growth, until they are reset', () => {
  const scanner = new NoteScanner();
  const many = Array.from({ length: 50_000 }, (_, at) => `word${at}`);
  scanner.scan(many.join(' '));
  const { words } = scanner.scan(many.toReversed().join(' '));
  expect([...words.words.subarray(0, words.count)]).toEqual(many.map((_, at) => at).reverse());
  scanner.reset();
  expect(scanner.numbers.size).toBe(0);
  expect(scanner.scan('word7 word8').words.words[1]).toBe(1);
});

test('[R91] a scan says the same whatever was scanned before', () => {
  const used = new NoteScanner();
  fc.assert(
    fc.property(fc.array(texts, { minLength: 1, maxLength: 4 }), fc.boolean(), (notes, reset) => {
      for (const text of notes) used.scan(text);
      if (reset) used.reset();
      const [fresh, last] = [new NoteScanner(), notes[0] ?? ''];
      const [scan, again] = [fresh.scan(last), used.scan(last)];
      expect(again.analysis).toEqual(scan.analysis);
      expect(wordsOf(used, again)).toEqual(wordsOf(fresh, scan));
      expect(analyseNote(last)).toEqual(scan.analysis);
    }),
    { numRuns: 300 },
  );
});

/** So long that no test has the time for a scan that reads it over and over. */
const LENGTH = 800_000;

const LONG = [
  ['words without a stop', 'she has no fever and '],
  ['cues', 'no evidence of '],
  ['answers', 'negative '],
  ['short lines', 'fever\n'],
  ['empty lines', '\n'],
  ['stops', '.'],
  ['marks that end a sentence', '?!)'],
  ['brackets', '('],
  ['pairs of brackets', '(no) '],
  ['closing brackets', '1) '],
  ['colons', 'Plan: '],
  ['commas', ', '],
  ['blanks', ' '],
  ['one word', 'a'],
  ['one word of other letters', 'é'],
  ['empty lines before headings', '\n\n\n\nPlan:\n'],
] as const;

test.each(LONG)('[R92] 800,000 characters of %s are scanned to their end', (_, part) => {
  const text = `${part.repeat(LENGTH / part.length)}\n Plan: rest`;
  const { analysis, words } = new NoteScanner().scan(text);
  expect(words.ends[words.count - 1]).toBe(text.length);
  expect(analysis.sentences.at(-1)?.end).toBe(text.length);
  expect(analysis.sections.at(-1)).toMatchObject({ kind: 'assessment-plan', end: text.length });
});
