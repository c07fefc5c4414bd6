import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { noteIdOf, type PersonId, personIdOf, type SnapshotId, silent } from '../base/index.ts';
import { importFhir, openRecords, type Records } from '../records/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { indexNotes } from './index-notes.ts';
import { newWorkspace, recordsOf, type TestNote, testNote } from './note-store.test-support.ts';
import { openNotes } from './open-notes.ts';
import { parseQuery } from './parse-query.ts';

let workspace: Workspace;
beforeEach(() => {
  workspace = newWorkspace();
});
afterEach(() => rmSync(workspace.dir, { recursive: true }));

const FIRST = '0000000000000001';
const SECOND = '0000000000000002';
const index = (records: Records) => indexNotes(workspace, records, { progress: silent });

/** What a reader of a snapshot sees. */
function seen(snapshot: string) {
  const store = openNotes(workspace, snapshot as SnapshotId);
  const hits = [...store.find(parseQuery('fever OR NOT fever'), {}).highlights()];
  const texts = hits.map((hit) => [hit.noteId, store.note(hit.source)?.text]);
  const found = [...store.find(parseQuery('fever'), {}).highlights()].map((hit) => hit.noteId);
  store.close();
  return { hits, texts, found };
}

test('[R44] every note but those entered in error, with its text and the specialty of its author', async () => {
  const document = (id: string, text: string, more: object) => ({
    resourceType: 'DocumentReference',
    id,
    status: 'current',
    type: { text: 'Progress note' },
    subject: { reference: 'Patient/1' },
    date: '2012-03-05T10:00:00Z',
    content: [{ attachment: { contentType: 'text/plain', data: Buffer.from(text).toString('base64') } }],
    ...more,
  });
  const author = { author: [{ reference: 'Practitioner/1' }] };
  const text = '  Ménière 𝒳\r\n';
  const lines = [
    { resourceType: 'Patient', id: '1' },
    { resourceType: 'Practitioner', id: '1', qualification: [{ code: { text: 'Dermatology' } }] },
    document('a', text, author),
    document('b', 'fever', { ...author, date: '2012', context: { practiceSetting: { text: 'Surgery' } } }),
    document('c', 'fever', { docStatus: 'entered-in-error' }),
    document('d', 'fever', { status: 'entered-in-error' }),
    document('e', 'fever', { date: undefined }),
  ];
  const file = join(workspace.dir, 'all.ndjson');
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
  await importFhir(workspace, [file], { progress: silent, now: '2020-01-01T00:00:00Z' });
  const records = await openRecords(workspace);
  expect(await index(records)).toMatchObject({ notes: 3, added: 3, removed: 0, snapshot: records.snapshot });
  records.close();

  const store = openNotes(workspace);
  expect(store.snapshot).toBe(records.snapshot);
  expect(store.note('DocumentReference/a')).toMatchObject({
    noteId: noteIdOf('DocumentReference/a'),
    personId: personIdOf('Patient/1'),
    date: '2012-03-05T10:00:00Z',
    day: '2012-03-05',
    type: 'Progress note',
    author: 'Practitioner/1',
    text,
  });
  expect(store.note('DocumentReference/b')).toMatchObject({ specialty: 'Surgery', date: '2012', day: '2012-01-01' });
  expect(store.note('DocumentReference/c')).toBeUndefined();
  expect(store.note('DocumentReference/d')).toBeUndefined();
  expect(store.note('DocumentReference/e')).toMatchObject({ date: null, day: null });
  expect(store.notesOf(personIdOf('Patient/1')).map((note) => note.source)).toEqual([
    'DocumentReference/b',
    'DocumentReference/a',
    'DocumentReference/e',
  ]);
  store.close();
});

const notes: readonly TestNote[] = ['fever', 'no fever', 'cough', 'Family History: fever'].map((text, i) =>
  testNote(text, { note_id: String(i + 1), person_id: String(1 + (i % 2)) }),
);

test('[R45] indexing again changes nothing', async () => {
  expect(await index(recordsOf(notes))).toEqual({ notes: 4, added: 4, removed: 0, snapshot: FIRST });
  const before = seen(FIRST);
  expect(await index(recordsOf(notes))).toEqual({ notes: 4, added: 0, removed: 0, snapshot: FIRST });
  expect(await index(recordsOf(notes, SECOND))).toEqual({ notes: 4, added: 0, removed: 0, snapshot: SECOND });
  expect(seen(FIRST)).toEqual(before);
  expect(seen(SECOND)).toEqual(before);
});

test('[R45] a note that is there already is not stored again', async () => {
  await index(recordsOf(notes));
  const ids = () => rows('SELECT id, note_id FROM note WHERE removed IS NULL ORDER BY id');
  const before = ids();
  const [first, ...rest] = notes;
  await index(recordsOf([...rest, testNote('changed', { ...first, text: 'changed' })], SECOND));
  expect(ids().slice(0, 3)).toEqual(before.slice(1));
  expect(rows('SELECT count(*) AS n FROM note')).toEqual([{ n: 5n }]);
});

describe('a run that dies', () => {
  const dying = (list: readonly TestNote[], after: number, snapshot?: string): Records => ({
    ...recordsOf(list, snapshot),
    batches: async function* <Row>() {
      for (const note of list.slice(0, after)) yield [note as Row];
      throw new Error('killed');
    },
  });

  test.each([0, 1, 2, 3, 4])('[R45] after %i notes, run again, gives the same', async (after) => {
    await expect(index(dying(notes, after))).rejects.toThrow('killed');
    expect(() => openNotes(workspace, FIRST as SnapshotId)).toThrow('not been indexed');
    expect(await index(recordsOf(notes))).toEqual({ notes: 4, added: 4, removed: 0, snapshot: FIRST });
    expect(seen(FIRST).texts).toEqual([
      ['1', 'fever'],
      ['3', 'cough'],
      ['2', 'no fever'],
      ['4', 'Family History: fever'],
    ]);
    expect(seen(FIRST).found).toEqual(['1', '2', '4']);
  });

  test('[R45] leaves nothing behind when other records follow', async () => {
    await expect(index(dying(notes, 4))).rejects.toThrow('killed');
    expect(await index(recordsOf(notes.slice(2), SECOND))).toMatchObject({ notes: 2, added: 2, removed: 0 });
    expect(seen(SECOND).found).toEqual(['4']);
    for (const table of ['note', 'body']) expect(rows(`SELECT count(*) AS n FROM ${table}`)).toEqual([{ n: 2n }]);
  });

  test('[R46] disturbs no reader of an earlier snapshot', async () => {
    await index(recordsOf(notes));
    const before = seen(FIRST);
    await expect(index(dying([testNote('fever', { note_id: '9' })], 1, SECOND))).rejects.toThrow('killed');
    expect(seen(FIRST)).toEqual(before);
    expect(() => openNotes(workspace, SECOND as SnapshotId)).toThrow('not been indexed');
  });
});

test('[R46] an earlier snapshot stays readable', async () => {
  await index(recordsOf(notes));
  const before = seen(FIRST);
  const later = [...notes.slice(1), testNote('fever', { note_id: '7' })];
  expect(await index(recordsOf(later, SECOND))).toEqual({ notes: 4, added: 1, removed: 1, snapshot: SECOND });
  expect(seen(SECOND).found).toEqual(['7', '2', '4']);
  expect(seen(FIRST)).toEqual(before);
});

test('[R48] in whatever order snapshots are indexed, each answers the same', async () => {
  const words = fc.constantFrom('fever', 'no fever', 'cough', 'chills');
  const snapshot = fc.uniqueArray(fc.record({ id: fc.constantFrom('1', '2', '3', '4'), text: words }), {
    selector: ({ id }) => id,
    maxLength: 4,
  });
  const order = fc.shuffledSubarray([0, 1, 2], { minLength: 3 });
  await fc.assert(
    fc.asyncProperty(fc.tuple(snapshot, snapshot, snapshot), order, order, async (contents, first, second) => {
      const records = contents.map((list, at) =>
        recordsOf(
          list.map(({ id, text }) => testNote(text, { note_id: id, person_id: id })),
          `000000000000000${at + 1}`,
        ),
      );
      const answers = async (indexing: readonly number[]) => {
        for (const end of ['', '-wal', '-shm']) rmSync(`${workspace.paths.notes}${end}`, { force: true });
        for (const at of indexing) await index(records[at] ?? recordsOf([]));
        return records.map((one) => seen(one.snapshot));
      };
      const told = await answers(first);
      expect(await answers(second)).toEqual(told);
      for (const [at, { texts }] of told.entries())
        expect(texts.toSorted()).toEqual((contents[at] ?? []).map(({ id, text }) => [id, text]).toSorted());
    }),
    { numRuns: 15 },
  );
});

test('[R46] without an index, or with one that cannot be read, the error says what to do', async () => {
  const error = { code: 'notes.not-indexed', tip: expect.stringContaining('chartproof index') };
  const open = () => openNotes(workspace, FIRST as SnapshotId);
  expect(open).toThrow(expect.objectContaining(error));
  writeFileSync(workspace.paths.notes, 'this is no database, and it is longer than the header of one is'.repeat(9));
  expect(open).toThrow(expect.objectContaining(error));
  expect(await index(recordsOf(notes))).toMatchObject({ notes: 4 }); // made anew: it is derived
  expect(seen(FIRST).found).toHaveLength(3);
});

test('[R46] an index of other analysis is made anew', async () => {
  await index(recordsOf(notes));
  const database = new Database(workspace.paths.notes);
  database.exec("UPDATE analysis SET version = 'of another lexicon'");
  database.close();
  expect(() => openNotes(workspace, FIRST as SnapshotId)).toThrow('not been indexed');
  expect(await index(recordsOf(notes))).toMatchObject({ notes: 4, added: 4 });
  expect(seen(FIRST).found).toHaveLength(3);
});

test('[R47] ids are kept to the last digit', async () => {
  const [note_id, person_id] = ['9223372036854775807', '9007199254740993'];
  await index(recordsOf([testNote('fever', { note_id, person_id })]));
  const store = openNotes(workspace, FIRST as SnapshotId);
  const [hit] = [...store.find(parseQuery('person(fever)'), {}).highlights()];
  expect([hit?.noteId, hit?.personId]).toEqual([note_id, person_id]);
  expect(store.notesOf(person_id as PersonId).map((note) => note.noteId)).toEqual([note_id]);
  store.close();
});

function rows(sql: string): unknown[] {
  const database = new Database(workspace.paths.notes, { readonly: true });
  database.defaultSafeIntegers(true);
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
}
