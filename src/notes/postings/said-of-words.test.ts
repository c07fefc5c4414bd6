import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyseNote } from '../analyse-note.ts';
import { type Assertion, assertionAt } from '../assertion.ts';
import { newWorkspace, storeOf, type TestNote } from '../note-store.test-support.ts';
import { parseQuery } from '../parse-query.ts';
import { corpus } from '../random-notes.test-support.ts';
import { tokenize } from '../tokens.ts';

const ASKED: Readonly<Record<string, (said: Assertion) => boolean>> = {
  affirmed: ({ assertion }) => assertion === 'affirmed',
  negated: ({ negated }) => negated,
  not_negated: ({ negated }) => !negated,
  possible: ({ possible }) => possible,
  historical: ({ historical }) => historical,
  hypothetical: ({ hypothetical }) => hypothetical,
  family: ({ experiencer }) => experiencer === 'family',
  other: ({ experiencer }) => experiencer === 'other',
};

test('[R28] of every word the postings say what the analysis of its note says', async () => {
  await fc.assert(
    fc.asyncProperty(corpus, async (notes) => {
      const workspace = newWorkspace();
      const store = await storeOf(notes, workspace);
      try {
        for (const [name, holds] of Object.entries(ASKED)) {
          const counted = ['arthritis', 'fever', 'meniere'].map(
            (word) => store.find(parseQuery(`${name}(${word})`), {}).totals.mentions,
          );
          expect(counted, name).toEqual(
            ['arthritis', 'fever', 'meniere'].map((word) => saidOf(word, notes).filter(holds).length),
          );
        }
      } finally {
        store.close();
        rmSync(workspace.dir, { recursive: true });
      }
    }),
    { numRuns: 40 },
  );
});

/** What the notes say of a word, mention by mention. */
function saidOf(word: string, notes: readonly TestNote[]): Assertion[] {
  return notes.flatMap(({ text }) => {
    const [analysis, { words, starts, ends }] = [analyseNote(text), tokenize(text)];
    return words.flatMap((each, at) => (each === word ? assertionAt(analysis, starts[at] ?? 0, ends[at] ?? 0) : []));
  });
}
