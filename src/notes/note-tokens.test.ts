import { expect, test } from 'vitest';
import { CueWords } from './cue-words.ts';
import { NoteTokens } from './note-tokens.ts';

/** A text as cues see it, and its words. */
function read(text: string) {
  const note = new NoteTokens(new CueWords([]));
  note.read(text);
  const { tokens, words, numbers } = note;
  return {
    tokens: Array.from({ length: tokens.count }, (_, i) => text.slice(tokens.starts[i], tokens.ends[i])),
    words: Array.from({ length: words.count }, (_, i) => numbers.word(words.words[i] ?? 0)),
  };
}

test('[R3] marks and the signs of shorthand are words where cues are sought, and only there', () => {
  const { tokens, words } = read('Fever (-), chills: +ve; x-ve -ve\u0301 (none)');
  expect(tokens).toEqual(
    // x-ve is one thing, not a sign; nor is what goes on after the ve
    ['Fever', '(-)', ',', 'chills', ':', '+ve', ';', 'x', 've', 've\u0301', '(', 'none', ')'],
  );
  expect(words).toEqual(['fever', 'chills', 've', 'x', 've', 've', 'none']);
});
