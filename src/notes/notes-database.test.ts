import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type SnapshotId, silent } from '../base/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { indexNotes } from './index-notes.ts';
import { readLexicon } from './lexicon.ts';
import { newWorkspace, recordsOf, testNote } from './note-store.test-support.ts';
import { runsFolder } from './notes-database.ts';
import { openNotes } from './open-notes.ts';
import { parseQuery } from './parse-query.ts';
import { removeNoteIndex } from './remove-index.ts';

let workspace: Workspace;
beforeEach(() => {
  workspace = newWorkspace();
});
afterEach(() => rmSync(workspace.dir, { recursive: true }));

const FIRST = '0000000000000001' as SnapshotId;
const SECOND = '0000000000000002' as SnapshotId;
const notes = ['fever', 'no fever', 'cough'].map((text, i) => testNote(text, { note_id: String(i + 1) }));
const index = () => indexNotes(workspace, recordsOf(notes, FIRST), { progress: silent });

function feverNotes(): string[] {
  const store = openNotes(workspace, FIRST);
  const found = [...store.find(parseQuery('fever'), {}).byNote()].map(({ noteId }) => noteId);
  store.close();
  return found;
}

/** The file as the first version of the program made it. */
const FORMAT_1 = `
  CREATE TABLE analysis (version TEXT NOT NULL) STRICT;
  CREATE TABLE snapshot (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, notes INTEGER NOT NULL) STRICT;
  CREATE TABLE note (
    id INTEGER PRIMARY KEY, note_id INTEGER NOT NULL, person_id INTEGER NOT NULL, first_day TEXT, last_day TEXT,
    added INTEGER NOT NULL, removed INTEGER, content BLOB NOT NULL, source TEXT NOT NULL, date TEXT, type TEXT,
    title TEXT, specialty TEXT, author TEXT
  ) STRICT;
  CREATE TABLE body (id INTEGER PRIMARY KEY, text TEXT NOT NULL, analysis BLOB NOT NULL) STRICT;
  CREATE VIRTUAL TABLE word USING fts5 (
    words, content='', contentless_delete=1, detail='none', tokenize='ascii'
  );
  INSERT INTO snapshot VALUES (1, '${FIRST}', 1);
  INSERT INTO note VALUES (1, 1, 1, NULL, NULL, 1, NULL, x'00', 'DocumentReference/1', NULL, NULL, NULL, NULL, NULL);
  INSERT INTO body VALUES (1, 'fever', x'00');
  INSERT INTO word (rowid, words) VALUES (1, 'fever');
`;

test('[R46] an index of the first format is not read, and made anew', async () => {
  const database = new Database(workspace.paths.notes);
  database.pragma('journal_mode = WAL');
  database.exec(FORMAT_1);
  database.prepare('INSERT INTO analysis VALUES (?)').run(`1-${readLexicon(workspace.paths.lexicon).version}`);
  database.close();
  expect(feverNotes).toThrow(expect.objectContaining({ code: 'notes.not-indexed' }));
  expect(await index()).toMatchObject({ notes: 3, added: 3 });
  expect(feverNotes()).toEqual(['1', '2']);
});

test('[R46] an index that lacks its end is made anew', async () => {
  await index();
  const database = new Database(workspace.paths.notes);
  database.exec('DROP TABLE analysis');
  database.close();
  expect(feverNotes).toThrow(expect.objectContaining({ code: 'notes.not-indexed' }));
  expect(await index()).toMatchObject({ notes: 3, added: 3 });
});

test('[R46] one that is damaged within says so, to those who read it and to those who index', async () => {
  await index();
  const size = statSync(workspace.paths.notes).size;
  const damaged = readFileSync(workspace.paths.notes).fill(0x5a, Math.floor(size / 4));
  writeFileSync(workspace.paths.notes, damaged);
  const error = { code: 'notes.damaged', tip: expect.stringContaining('chartproof index --rebuild') };
  expect(feverNotes).toThrow(expect.objectContaining(error));
  const next = recordsOf([...notes, testNote('chills', { note_id: '9' })], SECOND);
  await expect(indexNotes(workspace, next, { progress: silent })).rejects.toMatchObject(error);
  await removeNoteIndex(workspace);
  expect(await index()).toMatchObject({ notes: 3, added: 3 });
});

const beside = () => globSync('notes.sqlite*', { cwd: workspace.dir });

test('[R45] what a killed run left beside the file goes with the next one, and with the index', async () => {
  const leave = () => {
    const folder = runsFolder(workspace.paths.notes);
    mkdirSync(folder);
    writeFileSync(join(folder, '1'), 'left');
  };
  leave();
  await index();
  expect(beside()).toEqual(['notes.sqlite']);
  leave();
  expect(await index()).toMatchObject({ added: 0 }); // killed after the snapshot was named
  expect(beside()).toEqual(['notes.sqlite']);
  leave();
  await removeNoteIndex(workspace);
  expect(beside()).toEqual([]);
  expect(existsSync(workspace.paths.notes)).toBe(false);
});
