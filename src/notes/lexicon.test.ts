import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ChartproofError } from '../base/index.ts';
import { analyseNote } from './analyse-note.ts';
import { assertionAt } from './assertion.ts';
import { type Lexicon, readLexicon } from './lexicon.ts';

/** The lexicon folder of a site with these files. */
function site(files: Readonly<Record<string, string>>): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'lexicon-')), 'lexicon');
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

function said(text: string, word: string, lexicon: Lexicon): string {
  const start = text.lastIndexOf(word);
  return assertionAt(analyseNote(text, lexicon), start, start + word.length, lexicon).assertion;
}

const DENIAL = '- { category: negated, source: our ward, texts: [(sin|sans) signos de] }\n';

test('[R93] triggers of a site are added to those of the program', () => {
  const lexicon = readLexicon(site({ 'ward.yaml': DENIAL, 'notes.txt': 'not read' }));
  expect(said('She came sans signos de fever', 'fever', lexicon)).toBe('negated');
  expect(said('She came sans signos de fever', 'fever', readLexicon())).toBe('affirmed');
  expect(said('She denies fever', 'fever', lexicon)).toBe('negated');
});

test('[R93] a site can take a trigger away, alternatives and all', () => {
  const remove = '- { category: negated, remove: true, source: our ward, texts: [(denies|denied)] }';
  const lexicon = readLexicon(site({ 'ward.yaml': remove }));
  expect(said('She denies fever', 'fever', lexicon)).toBe('affirmed');
  expect(said('She denied fever', 'fever', lexicon)).toBe('affirmed');
  expect(said('She denying fever', 'fever', lexicon)).toBe('negated');
});

test('[R93] headings of a site come before those of the program, with what they say of their mentions', () => {
  const headings = '- { kind: past-history, default: historical, names: [Antecedentes, Impression] }';
  const lexicon = readLexicon(site({ 'headings.yaml': headings }));
  expect(said('Antecedentes: psoriasis', 'psoriasis', lexicon)).toBe('historical');
  expect(said('Impression: psoriasis', 'psoriasis', lexicon)).toBe('historical');
  expect(said('Impression: psoriasis', 'psoriasis', readLexicon())).toBe('affirmed');
  expect(said('Family history: psoriasis', 'psoriasis', lexicon)).toBe('other-experiencer');
});

test('[R93] a folder that is not there, or has nothing to say, changes nothing', () => {
  const { version } = readLexicon();
  expect(readLexicon('no such folder').version).toBe(version);
  expect(readLexicon(site({ 'a.yaml': '# nothing yet\n', 'headings.yaml': '' })).version).toBe(version);
});

test('[R93] the version is that of the words, and a lexicon can be sent to a thread', () => {
  const lexicon = readLexicon(site({ 'ward.yaml': DENIAL }));
  expect(lexicon.version).not.toBe(readLexicon().version);
  expect(readLexicon(site({ 'b.yaml': DENIAL })).version).toBe(lexicon.version);
  expect(structuredClone(lexicon)).toEqual(lexicon);
});

test.each([
  ['- { category: negatd, source: us, texts: [no] }', 1, 'negated'],
  ['- { category: negated, texts: [no] }', 1, 'source'],
  ['- category: negated\n  source: us\n  direction: backward\n  texts: [gone]', 1, 'limit'],
  ['- category: pseudo\n  source: us\n  texts: [no change]', 1, 'concern'],
  ['- category: negated\n  source: us\n  texts:\n    - none\n    - r/o', 5, 'write `r o`'],
  ['- category: negated\n  source: us\n  texts:\n    - (no|)', 4, 'no word'],
  [`- category: negated\n  source: us\n  texts:\n    - ${'(a|b|c) '.repeat(10)}`, 4, 'more than'],
  ['- category: [', 1, 'YAML'],
])('[R94] a mistake is told at its line: %s', (text, line, words) => {
  const folder = site({ 'ward.yaml': text });
  const problems = problemsOf(folder);
  expect(problems).toHaveLength(1);
  expect(problems[0]?.place).toMatchObject({ file: join(folder, 'ward.yaml'), line });
  expect(`${problems[0]?.message} ${problems[0]?.tip}`).toContain(words);
});

test('[R94] the mistakes of all files are told at once', () => {
  const kind = "- { kind: Past History, names: ['PMH'] }";
  expect(problemsOf(site({ 'a.yaml': '- { sauce: us }', 'headings.yaml': kind })).length).toBeGreaterThan(3);
});

function problemsOf(folder: string) {
  try {
    readLexicon(folder);
  } catch (error) {
    if (error instanceof ChartproofError && error.code === 'notes.lexicon') return error.problems;
    throw error;
  }
  return [];
}
