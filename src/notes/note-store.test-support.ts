/** A store of notes for tests, from rows as the records give them. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SnapshotId, silent } from '../base/index.ts';
import type { Records } from '../records/index.ts';
import { initWorkspace, type Workspace } from '../workspace/index.ts';
import { indexNotes } from './index-notes.ts';
import { type NoteStore, openNotes } from './open-notes.ts';
import type { NoteRow } from './store-notes.ts';

/** A note as a test writes it; ids are decimal text. */
export type TestNote = NoteRow & { readonly text: string };

/** A note of person 1, a woman of 41, in 2012, but for what is named. */
export function testNote(text: string, but: Partial<TestNote> = {}): TestNote {
  const note_id = but.note_id ?? '1';
  return {
    note_id,
    person_id: '1',
    note_date: '2012-03-05',
    note_date_source: '2012-03-05',
    type: 'Progress note',
    title: null,
    specialty: 'Dermatology',
    author: null,
    source: `DocumentReference/${note_id}`,
    text,
    sex: 'female',
    birth: '1970-06-15',
    ...but,
  };
}

/** Records of a snapshot whose only table is these notes. */
export function recordsOf(notes: readonly TestNote[], snapshot = '0000000000000001'): Records {
  return {
    snapshot: snapshot as SnapshotId,
    all: async <Row>() => [{ notes: String(notes.length) }] as Row[],
    batches: async function* <Row>() {
      for (const note of notes) yield [note as Row];
    },
    ids: async () => new BigInt64Array(),
    usedCodes: async () => ({ codes: '', rows: '' }),
    run: async () => {},
    lookIn: async () => {},
    close() {},
  };
}

/** A new workspace in the folder for temporary files. */
export function newWorkspace(): Workspace {
  return initWorkspace(mkdtempSync(join(tmpdir(), 'chartproof-notes-')));
}

/** The notes, indexed and opened. */
export async function storeOf(notes: readonly TestNote[], workspace = newWorkspace()): Promise<NoteStore> {
  const records = recordsOf(notes);
  await indexNotes(workspace, records, { progress: silent });
  return openNotes(workspace, records.snapshot);
}
