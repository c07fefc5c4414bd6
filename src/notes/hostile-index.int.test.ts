/** All hostile notes in one index: what it counts is what it shows, at the right places. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hostileNotes } from './hostile-notes.test-support.ts';
import { newWorkspace, storeOf, testNote } from './note-store.test-support.ts';
import type { NoteStore } from './open-notes.ts';
import { parseQuery } from './parse-query.ts';

const workspace = newWorkspace();
const nameOf = (person: string) => hostileNotes[Number(person) - 1]?.name ?? '';
let store: NoteStore;

beforeAll(async () => {
  const notes = hostileNotes.map(({ text }, i) =>
    testNote(text(), { note_id: String(i + 1), person_id: String(i + 1), source: `DocumentReference/${i + 1}` }),
  );
  store = await storeOf(notes, workspace);
});
afterAll(() => {
  store.close();
  rmSync(workspace.dir, { recursive: true });
});

const LARGE = 'a note of 5 MB';
const UNENDED = '5 MB without a line end';
const LINES = '100,000 lines of one word';
/** The note of 5 MB has one sentence so often. */
const TIMES = 50_506;

/** Queries, and how often some of the notes must have them; `without`: these are left out, since it takes long to show them. */
const asked: readonly { query: string; counts: Readonly<Record<string, number>>; without?: readonly string[] }[] = [
  { query: 'methotrexate', counts: { [LARGE]: TIMES, CRLF: 1, 'CR only': 1 } },
  { query: 'fever', counts: { [LINES]: 100_000, NULs: 1, emoji: 1, '100,000 hyphens': 1 }, without: [UNENDED] },
  { query: 'psoriasis', counts: { 'lone surrogates': 1, 'right to left': 1, '100,000 NULs': 1, 'private use': 1 } },
  { query: '"no new rash"', counts: { [LARGE]: TIMES } },
  { query: '"fever fever fever"', counts: { [LINES]: 99_998 } },
  { query: '"rash new"~0', counts: { [LARGE]: TIMES } },
  { query: '"fever fever"~0', counts: { [LINES]: 99_999 } },
  { query: 'sentence(methotrexate AND NOT rash)', counts: { [LARGE]: TIMES } },
  { query: 'section:plan AND return', counts: { CRLF: 1 } },
  { query: 'negated("night sweats")', counts: { [LARGE]: TIMES } },
  { query: '=Pt', counts: { [LARGE]: TIMES } },
  { query: '=Ménière', counts: { 'full width and ligatures': 1 } },
  { query: 'meniere', counts: { 'full width and ligatures': 1, 'long runs of combining marks': 1 } },
  { query: 'metotrexate~1', counts: { [LARGE]: TIMES, CRLF: 1 } },
  { query: 'm?thotr*te', counts: { [LARGE]: TIMES, CRLF: 1 } },
  { query: 'w9999*', counts: { '100,000 words of their own': 11 } },
  { query: `${'a'.repeat(99)}*`, counts: { 'a word of 1 MB': 1 } },
  { query: '"a b"~0', counts: { '200,000 brackets around letters': 199_999 } },
];

test.each(asked)('[R74] $query', ({ query, counts, without = [] }) => {
  const persons = new Set(hostileNotes.flatMap(({ name }, i) => (without.includes(name) ? [] : [String(i + 1)])));
  const answer = store.find(parseQuery(query), {}, persons);
  const byNote = new Map([...answer.byNote()].map((note) => [nameOf(note.personId), note.mentions]));
  expect(Object.fromEntries(byNote)).toMatchObject(counts);
  const shown = new Map<string, number>();
  for (const hit of answer.highlights()) {
    const text = store.note(hit.source)?.text ?? '';
    const misplaced = hit.mentions.filter((one, i) => {
      const before = hit.mentions[i - 1]?.start ?? -1;
      return text.slice(one.start, one.end) !== one.text || one.text === '' || one.start <= before;
    });
    expect([nameOf(hit.personId), misplaced.length]).toEqual([nameOf(hit.personId), 0]);
    shown.set(nameOf(hit.personId), hit.mentions.length);
  }
  expect(shown).toEqual(byNote);
  expect(answer.totals.mentions).toBe([...shown.values()].reduce((sum, one) => sum + one, 0));
});

test('[R74] every text is given back, lone surrogates replaced', () => {
  for (const [i, { text }] of hostileNotes.entries())
    expect(store.note(`DocumentReference/${i + 1}`)?.text === text().toWellFormed()).toBe(true);
});

test('[R74] the largest are counted at once, and once', () => {
  const began = performance.now();
  for (const query of ['fever', '"no fever"', 'fever AND NOT "fever fever"', 'sentence(fever AND NOT rash)']) {
    const answer = store.find(parseQuery(query), {});
    expect(answer.withoutCopies().totals).toEqual(answer.totals); // of different persons: nothing is a copy
  }
  expect(performance.now() - began).toBeLessThan(20_000);
});

test('[R74] notes without a word are found by what they lack', () => {
  const found = [...store.find(parseQuery('NOT (a* OR f* OR n* OR p* OR w* OR h* OR m* OR x OR b*)'), {}).byNote()];
  expect(found.map(({ personId }) => nameOf(personId))).toEqual(
    hostileNotes
      .map(({ name }) => name)
      .filter((name) => /^(?:nothing|blanks|200,000 opening.*|100,000 stops|100,000 quotation.*)$/.test(name)),
  );
});
