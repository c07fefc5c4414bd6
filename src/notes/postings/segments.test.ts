import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type SnapshotId, silent } from '../../base/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { indexNotes } from '../index-notes.ts';
import { newWorkspace, recordsOf, type TestNote, testNote } from '../note-store.test-support.ts';
import { type NoteStore, openNotes } from '../open-notes.ts';
import { parseQuery } from '../parse-query.ts';
import { printQuery } from '../print-query.ts';
import type { Query } from '../query.ts';
import { corpus } from '../random-notes.test-support.ts';
import { query as randomQuery, termSets } from '../random-queries.test-support.ts';

let workspace: Workspace;
beforeEach(() => {
  workspace = newWorkspace();
});
afterEach(() => rmSync(workspace.dir, { recursive: true }));

const nameOf = (snapshot: number) => String(snapshot).padStart(16, '0') as SnapshotId;
const index = (notes: readonly TestNote[], snapshot: number, into = workspace) =>
  indexNotes(into, recordsOf(notes, nameOf(snapshot)), { progress: silent });

/** All that an answer tells. */
function toldBy(store: NoteStore, query: Query, persons: ReadonlySet<string> | undefined) {
  const answer = store.find(query, termSets, persons);
  const once = answer.withoutCopies();
  return {
    query: printQuery(query),
    totals: answer.totals,
    persons: [...answer.byPerson()],
    notes: [...answer.byNote()],
    shown: [...answer.highlights()],
    once: [once.totals, ...once.byNote()],
  };
}

/** Snapshots of one hospital: each has some of the notes as they are in the end, some as they were, and lacks others. */
const history = fc
  .tuple(corpus, corpus, fc.array(fc.array(fc.nat({ max: 2 }), { minLength: 16, maxLength: 16 }), { maxLength: 4 }))
  .map(([some, others, before]) => {
    const last = [...some, ...others].map((note, i) => ({ ...note, note_id: String(i + 1) }));
    const earlier = before.map((states) =>
      last.flatMap((note, i) =>
        states[i] === 0 ? [] : [{ ...note, text: states[i] === 1 ? note.text : `Was fever. ${i}` }],
      ),
    );
    return { last, earlier };
  });
const persons = fc.option(fc.subarray(['1', '2', '3']).map((ids) => new Set(ids)));

test('[R71] indexed one snapshot after another, in any order, each answers as indexed alone', async () => {
  const queries = fc.array(randomQuery, { minLength: 12, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(history, queries, persons, fc.infiniteStream(fc.nat()), async (made, asked, seen, random) => {
      const snapshots = [made.last, ...made.earlier].map((notes, i) => ({ notes, number: i + 1 }));
      const order = snapshots.map((one) => ({ one, at: random.next().value ?? 0 })).toSorted((a, b) => a.at - b.at);
      const together = newWorkspace();
      for (const { one } of order) await index(one.notes, one.number, together);
      try {
        for (const { notes, number } of snapshots) {
          const alone = newWorkspace();
          await index(notes, number, alone);
          const stores = [openNotes(together, nameOf(number)), openNotes(alone, nameOf(number))] as const;
          for (const query of asked) {
            const [told, expected] = stores.map((store) => toldBy(store, query, seen ?? undefined));
            expect(told).toEqual(expected);
          }
          for (const store of stores) store.close();
          rmSync(alone.dir, { recursive: true });
        }
      } finally {
        rmSync(together.dir, { recursive: true });
      }
    }),
    { numRuns: 20 },
  );
});

function rows<T>(sql: string): T[] {
  const database = new Database(workspace.paths.notes, { readonly: true });
  try {
    return database.prepare<[], T>(sql).all();
  } finally {
    database.close();
  }
}

test('[R71] small segments are folded, and nothing of them is left', async () => {
  const notes = Array.from({ length: 40 }, (_, i) => testNote(`fever ${i}`, { note_id: String(i + 1) }));
  for (let count = 1; count <= notes.length; count++) {
    await index(notes.slice(0, count), count);
    const segments = rows<{ first: number; notes: number }>('SELECT first, notes FROM segment ORDER BY first');
    expect(segments.length).toBeLessThanOrEqual(1 + Math.ceil(Math.log2(count)));
    expect(segments.reduce((next, { first, notes: has }) => (first === next ? next + has : -1), 1)).toBe(count + 1);
  }
  expect(rows('SELECT id FROM posting WHERE id NOT IN (SELECT posting FROM term WHERE posting IS NOT NULL)')).toEqual(
    [],
  );
  expect(
    rows('SELECT posting FROM term WHERE posting IS NOT NULL AND posting NOT IN (SELECT id FROM posting)'),
  ).toEqual([]);
  expect(rows('SELECT segment FROM term WHERE segment NOT IN (SELECT id FROM segment)')).toEqual([]);
  const store = openNotes(workspace, nameOf(40));
  expect(store.find(parseQuery('fever'), {}).totals).toMatchObject({ mentions: 40, notes: 40 });
  store.close();
});

test('[R71] a snapshot without a note, before and after others, and persons without notes', async () => {
  const notes = [testNote('fever', { person_id: '3' }), testNote('cough', { note_id: '2', person_id: '2' })];
  await index([], 1);
  await index(notes, 2);
  await index([], 3);
  await index(notes.slice(1), 4);
  const totals = [1, 2, 3, 4].map((number) => {
    const store = openNotes(workspace, nameOf(number));
    const counts = ['NOT cold', 'person(NOT fever)', 'fever', 'sentence(NOT fever)'].map(
      (query) => store.find(parseQuery(query), {}).totals.notes,
    );
    expect(store.find(parseQuery('person(NOT cold)'), {}, new Set(['1'])).totals.persons).toBe(0);
    store.close();
    return counts;
  });
  expect(totals).toEqual([
    [0, 0, 0, 0],
    [2, 1, 1, 1],
    [0, 0, 0, 0],
    [1, 1, 0, 1],
  ]);
});
