import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStudyDatabase, openStudyDatabaseAt, type StudyDatabase } from './study-database.ts';
import { studyMigrations } from './study-migrations.ts';

let folder: string;
let study: StudyDatabase;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chartproof-study-'));
  study = openStudyDatabase({ paths: { studies: folder } }, 'gout-1');
});

afterEach(() => {
  study.close();
  rmSync(folder, { recursive: true });
});

function fill(): void {
  const { db } = study;
  study.run(
    db
      .insertInto('candidate')
      .values({ subject: 'S001', person_id: '9007199254740993', person_source: 'Patient/a', first_snapshot: 'f' }),
  );
  const { lastId } = study.run(
    db.insertInto('revision').values({
      subject: 'S001',
      instrument: 'screening',
      row_key: '',
      field: 'eligible',
      role: 'abstraction',
      reviewer: 'anna',
      answer: '{"value":true}',
      reason: null,
      at: '2024-01-01T00:00:00Z',
      entry_hash: 'h',
    }),
  );
  study.run(
    db.insertInto('evidence').values({
      revision_id: lastId,
      ordinal: 0,
      kind: 'note',
      source: 'DocumentReference/1',
      start: 0,
      end: 4,
      quote: 'gout',
    }),
  );
  study.run(
    db
      .insertInto('protocol_version')
      .values({ sha256: 'a', version: '1', yaml: 'id: gout', added_at: '2024-01-01T00:00:00Z' }),
  );
}

describe('a study database', () => {
  test('opens again with what was written, and keeps 64-bit ids', () => {
    fill();
    study.close();
    study = openStudyDatabase({ paths: { studies: folder } }, 'gout-1');
    expect(study.all(study.db.selectFrom('candidate').select('person_id'))).toEqual([
      { person_id: '9007199254740993' },
    ]);
  });

  test('writes through to the disk and checks references', () => {
    expect(study.sql.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(study.sql.pragma('synchronous', { simple: true })).toBe(2);
    const stray = study.db
      .insertInto('evidence')
      .values({ revision_id: 7, ordinal: 0, kind: 'record', source: 'x', start: null, end: null, quote: null });
    expect(() => study.run(stray)).toThrow(/FOREIGN KEY/);
  });

  test.each(['revision', 'evidence', 'protocol_version'])('%s is append-only', (table) => {
    fill();
    const column = { revision: 'answer', evidence: 'quote', protocol_version: 'yaml' }[table];
    expect(() => study.sql.exec(`UPDATE ${table} SET ${column} = 'other'`)).toThrow(/append-only/);
    expect(() => study.sql.exec(`DELETE FROM ${table}`)).toThrow(/append-only/);
    const copy = `INSERT OR REPLACE INTO ${table} SELECT * FROM ${table}`;
    expect(() => study.sql.exec(copy)).toThrow(/append-only/);
    expect(study.sql.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(1);
  });

  test('a transaction is all or nothing', () => {
    expect(() =>
      study.transaction(() => {
        fill();
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(study.all(study.db.selectFrom('candidate').selectAll())).toEqual([]);
  });

  test('a study id cannot leave the folder of studies', () => {
    for (const id of ['..', 'a/b', '', 'A']) {
      expect(() => openStudyDatabase({ paths: { studies: folder } }, id)).toThrow(
        expect.objectContaining({ code: 'workspace.study-id' }),
      );
    }
  });
});

describe('migrations', () => {
  test('an older file is brought up to date and keeps what it holds', () => {
    fill();
    study.close();
    const later = [...studyMigrations, { name: '0002-later', statements: ['CREATE TABLE later (id TEXT) STRICT'] }];
    study = openStudyDatabaseAt(join(folder, 'gout-1', 'study.sqlite'), later);
    expect(study.sql.prepare('SELECT count(*) FROM later').pluck().get()).toBe(0);
    expect(study.sql.prepare('SELECT count(*) FROM revision').pluck().get()).toBe(1);
    study.close();
    expect(() => openStudyDatabase({ paths: { studies: folder } }, 'gout-1')).toThrow(
      expect.objectContaining({ code: 'workspace.study-newer' }),
    );
    study = openStudyDatabaseAt(':memory:');
  });

  test('a file of before the search log gets one, and keeps what it holds', () => {
    const path = join(folder, 'old.sqlite');
    const old = openStudyDatabaseAt(path, studyMigrations.slice(0, 1));
    old.sql.exec("INSERT INTO study (key, value) VALUES ('protocol', 'abc')");
    old.close();
    const opened = openStudyDatabaseAt(path);
    expect(opened.all(opened.db.selectFrom('search').selectAll())).toEqual([]);
    expect(opened.all(opened.db.selectFrom('study').selectAll())).toEqual([{ key: 'protocol', value: 'abc' }]);
    opened.close();
  });

  test('a file of before the samples gets them, and keeps what it holds', () => {
    const path = join(folder, 'old.sqlite');
    const old = openStudyDatabaseAt(path, studyMigrations.slice(0, 2));
    old.sql.exec("INSERT INTO study (key, value) VALUES ('protocol', 'abc')");
    old.close();
    const opened = openStudyDatabaseAt(path);
    for (const table of ['sample', 'sampled_person', 'sample_member', 'sample_verdict'] as const)
      expect(opened.all(opened.db.selectFrom(table).selectAll())).toEqual([]);
    expect(opened.all(opened.db.selectFrom('study').selectAll())).toEqual([{ key: 'protocol', value: 'abc' }]);
    opened.close();
  });

  test('one that fails leaves the file as it was', () => {
    const path = join(folder, 'gout-1', 'study.sqlite');
    study.close();
    const bad = [...studyMigrations, { name: '0002', statements: ['CREATE TABLE half (id TEXT) STRICT', 'nonsense'] }];
    expect(() => openStudyDatabaseAt(path, bad)).toThrow(/syntax/);
    study = openStudyDatabase({ paths: { studies: folder } }, 'gout-1');
    expect(study.sql.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").pluck().get()).toBe(0);
  });

  test('a file that is no database is said to be so', () => {
    const path = join(folder, 'no.sqlite');
    writeFileSync(path, 'this is a text file, which is no database at all'.repeat(20));
    expect(() => openStudyDatabaseAt(path)).toThrow(expect.objectContaining({ code: 'workspace.study-unreadable' }));
  });
});
