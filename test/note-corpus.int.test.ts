/** The notes that the index is measured on, and how well copies are told on the demo's notes. */
import { expect, test } from 'vitest';
import { demoNotes } from '../bench/corpus-pool.ts';
import { noteCorpus } from '../bench/note-corpus.ts';
import { randomOf } from '../demo/institution/index.ts';
import { markCopies, type NoteParagraphs } from '../src/notes/copies.ts';
import { analyseNote, tokenize } from '../src/notes/index.ts';
import { paragraphsOf } from '../src/notes/paragraphs.ts';
import { hashOfWord, signaturesOf } from '../src/notes/signatures.ts';

test('the corpus is the same on every run, and a longer one begins so', () => {
  const shorter = [...noteCorpus(300)];
  expect(shorter).toEqual([...noteCorpus(300)]);
  const longer = [...noteCorpus(3000)];
  expect(longer.slice(0, 300)).toEqual(shorter);
  expect(longer).toHaveLength(3000);
});

test('ids are apart, persons stand together in the order of time, texts differ, some paragraphs are copied', () => {
  const notes = [...noteCorpus(3000)];
  expect(new Set(notes.map((note) => note.noteId)).size).toBe(3000);
  expect(notes.every((note) => BigInt(note.noteId) < 2n ** 63n && BigInt(note.personId) < 2n ** 63n)).toBe(true);
  const persons = Map.groupBy(notes, (note) => note.personId);
  expect([...persons.values()].flat()).toEqual(notes);
  for (const own of persons.values()) expect(own.map((note) => note.date)).toEqual(own.map((note) => note.date).sort());
  expect(new Set(notes.map((note) => note.text)).size).toBe(3000);
  const mean = notes.reduce((sum, note) => sum + note.text.length, 0) / notes.length;
  expect(mean).toBeGreaterThan(1500);
  expect(mean).toBeLessThan(2500);
  const copies = [...persons.values()].flatMap((own) => markCopies(own.map((note) => signed(note.text))).flat());
  const share = copies.filter(Boolean).length / copies.length;
  expect(share).toBeGreaterThan(0.3);
  expect(share).toBeLessThan(0.7);
});

test('copies with few edits are told from new text: measured on paragraphs of the demo', () => {
  const random = randomOf('copies');
  const words = tokenize(
    demoNotes(400)
      .map(({ text }) => text)
      .join('\n'),
  ).words;
  const stretch = (): string[] => {
    const at = random.integer(0, words.length - 81);
    return words.slice(at, at + random.integer(20, 80));
  };
  let [told, missed, wrong] = [0, 0, 0];
  for (let run = 0; run < 2000; run++) {
    const before = stretch();
    const copy = before.map((word) => (random.chance(0.01) ? 'edited' : word)); // one word in a hundred
    const [, after] = markCopies([ofWords(before), ofWords(copy)]);
    if (after?.[0]) told++;
    else missed++;
    const first = run % 5;
    const edited = before.map((word, at) => (at % 5 === first ? `${word}x` : word)); // every fifth: said anew
    if (markCopies([ofWords(before), ofWords(edited)])[1]?.[0]) wrong++;
  }
  // What is missed are the shorter ones, of which one word is more than a fifth of the threes of words.
  expect(told / (told + missed)).toBeGreaterThan(0.94);
  expect(wrong).toBe(0);
});

function signed(text: string): NoteParagraphs {
  const { words, starts } = tokenize(text);
  const paragraphs = paragraphsOf(text, analyseNote(text), starts);
  return { paragraphs, signatures: signaturesOf(paragraphs, Uint32Array.from(words, hashOfWord)) };
}

function ofWords(words: readonly string[]): NoteParagraphs {
  const paragraphs = [{ first: 0, end: words.length }];
  return { paragraphs, signatures: signaturesOf(paragraphs, Uint32Array.from(words, hashOfWord)) };
}
