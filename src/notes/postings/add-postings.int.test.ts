import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Progress, type SnapshotId, silent } from '../../base/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { indexNotes } from '../index-notes.ts';
import { newWorkspace, recordsOf, type TestNote, testNote } from '../note-store.test-support.ts';
import { type NoteStore, openNotes } from '../open-notes.ts';
import { parseQuery } from '../parse-query.ts';
import { PostingLists } from './posting-lists.ts';
import { wordTerm } from './terms.ts';

let workspace: Workspace;
beforeEach(() => {
  workspace = newWorkspace();
});
afterEach(() => rmSync(workspace.dir, { recursive: true }));

const nameOf = (snapshot: number) => String(snapshot).padStart(16, '0') as SnapshotId;
const index = (notes: readonly TestNote[], snapshot: number, into = workspace, progress: Progress = silent) =>
  indexNotes(into, recordsOf(notes, nameOf(snapshot)), { progress });

/** 13 MB, so that threads make several runs; most of it is white space, which is read fast. */
function manyNotes(): TestNote[] {
  const words = Array.from({ length: 500 }, (_, i) => `w${(i * 7919) % 1000}`);
  const sentences = ['No fever or rash. ', 'History of Arthritis, possible fever.\n', '\n\nPlan: '];
  const text = (at: number) =>
    Array.from(
      { length: 900 },
      (_, i) => `${words[(at * 31 + i * i) % 500]} ${sentences[(at + i * 17) % 41] ?? ''}`,
    ).join('');
  return Array.from({ length: 280 }, (_, at) =>
    testNote(`${at}${' '.repeat(44_000)}${text(at)}`, { note_id: String(at + 1) }),
  );
}

/** As many notes as are indexed without a thread. */
const STEP = 35;

test('[R72] threads make the postings that one after another makes', async () => {
  const notes = manyNotes();
  const size = notes.reduce((sum, { text }) => sum + text.length, 0);
  expect(size).toBeGreaterThan(13 << 20);
  const steps: string[] = [];
  const progress: Progress = { step: (title) => void steps.push(title), advance: () => void steps.push('advance') };
  await index(notes, 1, workspace, progress);
  expect(steps.slice(steps.indexOf('Indexing notes')).length).toBeGreaterThan(2); // two batches at least
  const bit = newWorkspace();
  for (let count = STEP; count <= notes.length; count += STEP) await index(notes.slice(0, count), count, bit);
  expect(notes.slice(0, STEP).reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(2 << 20); // no thread
  const [one, other] = [workspace, bit].map(({ paths }) => new Database(paths.notes, { readonly: true }));
  if (!one || !other) throw new Error('Two databases');
  try {
    const [made, expected] = [new PostingLists(one, undefined), new PostingLists(other, undefined)];
    for (const beginning of [wordTerm(''), 'x', 's', 't', 'a', 'd']) {
      const terms = expected.termsFrom(beginning).toSorted((a, b) => (a.term < b.term ? -1 : 1));
      expect(made.termsFrom(beginning).toSorted((a, b) => (a.term < b.term ? -1 : 1))).toEqual(terms);
      for (const { term } of terms) {
        const isZone = beginning === 's' || beginning === 't';
        expect(made.mentions(term, undefined, isZone)).toEqual(expected.mentions(term, undefined, isZone));
      }
    }
  } finally {
    one.close();
    other.close();
    rmSync(bit.dir, { recursive: true });
  }
});

/** What a store tells of the notes with fever. */
function feverIn(store: NoteStore, persons?: ReadonlySet<string>) {
  const answer = store.find(parseQuery('fever'), {}, persons);
  return {
    totals: answer.totals,
    notes: [...answer.byNote()],
    shown: [...answer.highlights()],
    suggested: store.suggest('fever', persons),
    kept: store.notesOf('1' as never),
  };
}

test('[R73] while another snapshot is written, a reader gives the answers that it was opened for', async () => {
  const before = ['fever', 'fevers', 'no fever'].map((text, i) => testNote(text, { note_id: String(i + 1) }));
  const after = ['fever fever', 'cough', 'fever', 'fevers'].map((text, i) =>
    testNote(text, { note_id: String(i + 2) }),
  );
  await index(before, 1);
  const old = openNotes(workspace, nameOf(1));
  const expected = feverIn(old);
  const looks: unknown[] = [];
  const look = (): void => {
    const opened = openNotes(workspace, nameOf(1));
    looks.push(feverIn(old), feverIn(opened), feverIn(old, new Set(['1'])));
    opened.close();
    expect(() => openNotes(workspace, nameOf(2))).toThrow('not been indexed');
  };
  const records = recordsOf(after, nameOf(2));
  const batches = async function* <Row>() {
    for (const note of after) {
      look();
      yield [note as Row];
    }
    look();
  };
  await indexNotes(workspace, { ...records, batches }, { progress: { step: look, advance: look } });
  expect(looks.length).toBeGreaterThan(20);
  for (const seen of looks) expect(seen).toEqual(expected);

  expect(feverIn(old)).toEqual(expected);
  old.close();
  const again = openNotes(workspace, nameOf(1));
  expect(feverIn(again)).toEqual(expected);
  again.close();
  const later = openNotes(workspace, nameOf(2));
  expect(feverIn(later).totals).toMatchObject({ mentions: 3, notes: 2 });
  later.close();
});
