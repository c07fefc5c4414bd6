import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { newWorkspace, storeOf, type TestNote, testNote } from '../note-store.test-support.ts';
import type { NoteStore } from '../open-notes.ts';
import type { Suggestion } from '../suggest.ts';
import { tokenize } from '../tokens.ts';

async function opened(notes: readonly TestNote[]): Promise<NoteStore> {
  const workspace = newWorkspace();
  const store = await storeOf(notes, workspace);
  onTestFinished(() => {
    store.close();
    rmSync(workspace.dir, { recursive: true });
  });
  return store;
}

/** A note for each text, of persons 1, 2, ... in turn. */
function ofPersons(...texts: readonly string[]): TestNote[] {
  return texts.map((text, i) => testNote(text, { note_id: String(i + 1), person_id: String(i + 1) }));
}

function counts(found: readonly Suggestion[]): [string, number][] {
  return found.map(({ term, notes }) => [term, notes]);
}

test('[R77] a word that only other persons have is not told, nor in how many notes', async () => {
  const store = await opened(ofPersons('psoriasis', 'psoraisis', 'psoriatic psoraisis', 'psoriatic'));
  expect(counts(store.suggest('psoriasis'))).toEqual([
    ['psoriatic', 2],
    ['psoraisis', 2],
  ]);
  expect(counts(store.suggest('psoriasis', new Set(['1', '2'])))).toEqual([['psoraisis', 1]]);
  expect(store.suggest('psoriasis', new Set(['1']))).toEqual([]);
  expect(store.suggest('psoriasis', new Set())).toEqual([]);
});

test('[R77] of a phrase the notes count that have all of it in a row', async () => {
  const store = await opened(ofPersons('night sweats', 'nights. Sweats', 'nights sweat', 'night sweat, night sweat'));
  expect(counts(store.suggest('night sweats'))).toEqual([
    ['night sweat', 1],
    ['nights sweats', 1],
  ]);
});

test('[R77] an abbreviation that was defined in notes of others is none', async () => {
  const store = await opened(ofPersons('rheumatoid arthritis (RA)', 'RA', 'RA. Rheumatoid arthritis'));
  expect(counts(store.suggest('RA'))).toEqual([['rheumatoid arthritis', 2]]);
  expect(counts(store.suggest('RA', new Set(['2', '3'])))).toEqual([]);
  expect(store.suggest('RA', new Set(['1', '3']))).toMatchObject([{ notes: 2, why: 'ra stands for it in 1 note' }]);
});

test('[R77] a note that writes a definition in two ways counts once', async () => {
  const store = await opened(ofPersons('Rheumatoid arthritis (RA), and again rheumatoid arthritis (RA)'));
  expect(store.suggest('RA')).toMatchObject([{ notes: 1, why: 'ra stands for it in 1 note' }]);
});

const WORDS = [
  'fever',
  'fevers',
  'fevre',
  'feverr',
  'fevar',
  'night',
  'nights',
  'nightsweats',
  'sweats',
  'sweat',
  'arthritis',
  'arthritides',
];
const MORE = ['rheumatoid arthritis (RA)', 'right atrium (RA)', 'RA', 'night sweats', 'NS', 'night sweats (NS)', '.'];
const text = fc.array(fc.constantFrom(...WORDS, ...MORE), { maxLength: 8 }).map((parts) => parts.join(' '));
const charts = fc.array(fc.record({ person: fc.constantFrom('1', '2', '3'), text }), { minLength: 1, maxLength: 12 });
const terms = ['fever', 'night sweats', 'nightsweats', 'RA', 'rheumatoid arthritis', 'night sweat fever'];

test('[R77] suggestions are those of an index that has the notes of these persons alone', async () => {
  await fc.assert(
    fc.asyncProperty(charts, fc.subarray(['1', '2', '3']), async (chart, persons) => {
      const notes = chart.map(({ person, text: its }, i) =>
        testNote(its, { note_id: String(i + 1), person_id: person }),
      );
      const own = notes.filter(({ person_id }) => persons.includes(person_id));
      const workspaces = [newWorkspace(), newWorkspace()] as const;
      const all = await storeOf(notes, workspaces[0]);
      const alone = await storeOf(own, workspaces[1]);
      try {
        for (const term of terms) {
          const told = all.suggest(term, new Set(persons));
          expect(told).toEqual(alone.suggest(term));
          for (const { term: one, notes: count } of told) expect([one, count]).toEqual([one, naiveCount(one, own)]);
          expect(told.filter(({ notes: count }) => count === 0)).toEqual([]);
        }
      } finally {
        all.close();
        alone.close();
        for (const { dir } of workspaces) rmSync(dir, { recursive: true });
      }
    }),
    { numRuns: 60 },
  );
});

/** How many notes have the words in a row. */
function naiveCount(term: string, notes: readonly TestNote[]): number {
  return notes.filter(({ text: its }) => ` ${tokenize(its).words.join(' ')} `.includes(` ${term} `)).length;
}

const KINDS = ['long', 'short', 'form', 'parts', 'spelling'];

test('[R77][R109] they come by the number of notes that may be seen', async () => {
  const many = ofPersons('psoriasis', ...Array.from({ length: 5 }, () => 'psoraisis'), 'psoriassis', 'psoriassis');
  const found = (await opened(many)).suggest('psoriasis', new Set(['2', '7', '8']));
  expect(counts(found)).toEqual([
    ['psoriassis', 2],
    ['psoraisis', 1],
  ]);
  expect(found.map(({ kind }) => KINDS.indexOf(kind))).toEqual([4, 4]);
});

test('[R77] words that begin so are those of the notes that may be seen, the commonest first', async () => {
  const store = await opened(ofPersons('psoriasis', 'Psoriasis, psoriatic', 'psoralen psoriatic', 'Psoriatic'));
  expect(store.wordsFrom('PSOR', 5)).toEqual([
    { word: 'psoriatic', notes: 3 },
    { word: 'psoriasis', notes: 2 },
    { word: 'psoralen', notes: 1 },
  ]);
  expect(store.wordsFrom('psor', 1)).toEqual([{ word: 'psoriatic', notes: 3 }]);
  expect(store.wordsFrom('psor', 5, new Set(['1', '2']))).toEqual([
    { word: 'psoriasis', notes: 2 },
    { word: 'psoriatic', notes: 1 },
  ]);
  expect(store.wordsFrom('psor', 5, new Set())).toEqual([]);
  for (const none of ['', 'two words', '!']) expect(store.wordsFrom(none, 5)).toEqual([]);
});
