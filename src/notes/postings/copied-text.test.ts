import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PersonId } from '../../base/index.ts';
import { analyseNote } from '../analyse-note.ts';
import { markCopies } from '../copies.ts';
import { newWorkspace, storeOf, type TestNote, testNote } from '../note-store.test-support.ts';
import { paragraphsOf } from '../paragraphs.ts';
import { hashOfWord, signaturesOf } from '../signatures.ts';
import { tokenize } from '../tokens.ts';
import type { NoteCopies } from './copied-text.ts';

const PAIN = 'Pain of both knees since the spring, worse on stairs and in the morning.';
const RASH = 'A rash of the left forearm was seen by the nurse, who gave an ointment for it.';

/** What the store tells of each of these persons. */
async function copiesOf(notes: readonly TestNote[], ...persons: readonly string[]): Promise<NoteCopies[][]> {
  const workspace = newWorkspace();
  const store = await storeOf(notes, workspace);
  try {
    return persons.map((person) => store.copiesOf(person as PersonId));
  } finally {
    store.close();
    rmSync(workspace.dir, { recursive: true });
  }
}

const dated = (note_id: string, day: string | null, text: string, person_id = '1'): TestNote =>
  testNote(text, { note_id, person_id, note_date: day, note_date_source: day });

test('[R78] a copied stretch goes from its first word to its last, and names the earlier note', async () => {
  const later = `😀 Visit.\r\n\r\n  ${PAIN}\r\n\r\nNew: ${RASH}`;
  const [[first, second] = []] = await copiesOf(
    [dated('9', '2011-04-01', later), dated('10', '2011-03-01', PAIN)],
    '1',
  );
  expect(first).toEqual({ source: 'DocumentReference/10', copies: [] });
  const [copy] = second?.copies ?? [];
  expect(second).toMatchObject({ source: 'DocumentReference/9', copies: [{ from: 'DocumentReference/10' }] });
  expect(later.slice(copy?.start, copy?.end)).toBe(PAIN.slice(0, -1));
});

test('[R78] of another person, and of a later note, nothing is repeated', async () => {
  const notes = [dated('1', '2011-03-01', PAIN), dated('2', '2010-01-01', PAIN, '2'), dated('3', null, PAIN, '1')];
  const copies = await copiesOf(notes, '1', '2', '3');
  expect(copies.map((each) => each.map((one) => [one.source, one.copies.map(({ from }) => from)]))).toEqual([
    [
      ['DocumentReference/1', []],
      ['DocumentReference/3', ['DocumentReference/1']],
    ],
    [['DocumentReference/2', []]],
    [],
  ]);
});

const word = fc.constantFrom('Fever', 'é', 'knee', 'pain', '😀', 'no', '2011', 'rash,', 'left', 'cough', 'seen', 'İt');
const paragraph = fc.array(word, { minLength: 6, maxLength: 24 }).map((words) => words.join(' '));
const notes = fc
  .array(paragraph, { minLength: 2, maxLength: 4 })
  .chain((shared) =>
    fc.array(
      fc.record({
        parts: fc.array(fc.oneof(fc.constantFrom(...shared), paragraph), { maxLength: 4 }),
        day: fc.constantFrom(null, '2011-01-01', '2011-01-02', '2012-05-06'),
        person: fc.constantFrom('1', '2'),
      }),
      { minLength: 2, maxLength: 10 },
    ),
  )
  .map((all) => all.map(({ parts, day, person }, at) => dated(String(at + 1), day, parts.join('\n\n \r\n'), person)));

test('[R78] copies are those of the texts of the notes, read anew in order', async () => {
  await fc.assert(
    fc.asyncProperty(notes, async (all) => {
      const persons = ['1', '2'];
      const expected = persons.map((person) => copiesInTexts(all.filter(({ person_id }) => person_id === person)));
      expect(await copiesOf(all, ...persons)).toEqual(expected);
    }),
    { numRuns: 40 },
  );
});

/** The same from the texts, without an index. */
function copiesInTexts(own: readonly TestNote[]): NoteCopies[] {
  const inOrder = own.toSorted(
    (a, b) => (a.note_date ?? '9999').localeCompare(b.note_date ?? '9999') || Number(a.note_id) - Number(b.note_id),
  );
  const read = inOrder.map(({ text }) => {
    const { words, starts, ends } = tokenize(text);
    const paragraphs = paragraphsOf(text, analyseNote(text), starts);
    return { paragraphs, signatures: signaturesOf(paragraphs, Uint32Array.from(words, hashOfWord)), starts, ends };
  });
  return markCopies(read).map((copies, at) => ({
    source: inOrder[at]?.source ?? '',
    copies: copies.flatMap((copy, place) => {
      const { paragraphs, starts, ends } = read[at] as (typeof read)[number];
      const { first, end } = paragraphs[place] as (typeof paragraphs)[number];
      const from = copy && inOrder[copy.note]?.source;
      return from === undefined ? [] : [{ start: starts[first] ?? -1, end: ends[end - 1] ?? -1, from }];
    }),
  }));
}
