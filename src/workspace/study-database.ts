/**
 * The database of one study: `studies/ID/study.sqlite`. All that people decided is in it, so a write is on the disk when
 * it is acknowledged (`synchronous = FULL`), and what was said is never changed (append-only triggers).
 *
 * Queries are written with Kysely, for its types, and run at once:
 *
 *     const subjects = study.all(study.db.selectFrom('candidate').select('subject'));
 *     study.transaction(() => { study.run(insert); appendAudit(study, ...); });
 *
 * Running them at once keeps a transaction whole: nothing else can slip in while one is open (docs/decisions).
 */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { type Compilable, type InferResult, Kysely, SqliteDialect } from 'kysely';
import { ChartproofError } from '../base/index.ts';
import { type Migration, studyMigrations } from './study-migrations.ts';
import type { StudyTables } from './study-tables.ts';

/** An open study database. Close it; an open one keeps its write-ahead log beside the file. */
export interface StudyDatabase {
  /** The connection itself, for what Kysely cannot say. */
  readonly sql: Database.Database;
  /** Builds typed queries; run them with {@link all} and {@link run}, or await them outside of transactions. */
  readonly db: Kysely<StudyTables>;
  /** The rows of a query. */
  all<Query extends Compilable>(query: Query): InferResult<Query>;
  /** Runs an insert, update or delete. */
  run(query: Compilable): { readonly changes: number; readonly lastId: number };
  /** All of `work` or nothing. Within another transaction it is a part of that one. */
  transaction<Result>(work: () => Result): Result;
  close(): void;
}

/** What of a workspace is needed to find a study. */
export interface StudyHome {
  readonly paths: { readonly studies: string };
}

const WAIT_FOR_WRITER_MS = 10_000;

/**
 * Opens `studies/ID/study.sqlite`, makes it where it is missing and brings it up to this version.
 * Errors: `workspace.study-id` (not a study id), `workspace.study-newer` (written by a newer version),
 * `workspace.study-unreadable` (not a database).
 */
export function openStudyDatabase(workspace: StudyHome, studyId: string): StudyDatabase {
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(studyId)) {
    throw new ChartproofError('workspace.study-id', 'This is not the id of a study.', {
      tip: 'A study id has small letters, digits and single hyphens, such as gout-2024.',
    });
  }
  const path = join(workspace.paths.studies, studyId, 'study.sqlite');
  mkdirSync(dirname(path), { recursive: true });
  return openStudyDatabaseAt(path);
}

/** {@link openStudyDatabase} for a file, or `:memory:` for a test. */
export function openStudyDatabaseAt(path: string, migrations: readonly Migration[] = studyMigrations): StudyDatabase {
  const sql = new Database(path, { timeout: WAIT_FOR_WRITER_MS });
  try {
    configure(sql);
    migrate(sql, migrations);
  } catch (error) {
    sql.close();
    throw unreadable(error);
  }
  return { ...queries(sql), close: () => sql.close() };
}

function queries(sql: Database.Database): Omit<StudyDatabase, 'close'> {
  const db = new Kysely<StudyTables>({ dialect: new SqliteDialect({ database: sql }) });
  const bound = (query: Compilable): { statement: Database.Statement; parameters: readonly unknown[] } => {
    const compiled = query.compile();
    return { statement: sql.prepare(compiled.sql), parameters: compiled.parameters };
  };
  return {
    sql,
    db,
    all: <Query extends Compilable>(query: Query) => {
      const { statement, parameters } = bound(query);
      return statement.all(...parameters) as InferResult<Query>;
    },
    run: (query) => {
      const { statement, parameters } = bound(query);
      const { changes, lastInsertRowid } = statement.run(...parameters);
      return { changes, lastId: Number(lastInsertRowid) };
    },
    transaction: (work) => sql.transaction(work).immediate(),
  };
}

function configure(sql: Database.Database): void {
  sql.pragma('journal_mode = WAL');
  sql.pragma('synchronous = FULL');
  sql.pragma('foreign_keys = ON');
  sql.pragma('recursive_triggers = ON'); // else INSERT OR REPLACE would delete past the append-only triggers
}

/** Runs the migrations that the file lacks, all in one transaction: two processes opening it at once is no harm. */
function migrate(sql: Database.Database, migrations: readonly Migration[]): void {
  const lacking = (): readonly Migration[] => {
    const done = sql.prepare<[], string>('SELECT name FROM migration ORDER BY name').pluck().all();
    const unknown = done.filter((name) => !migrations.some((migration) => migration.name === name));
    if (unknown.length > 0) {
      throw new ChartproofError('workspace.study-newer', 'This study was written by a newer version of the program.', {
        tip: 'Open it with that version or a later one.',
      });
    }
    return migrations.filter(({ name }) => !done.includes(name));
  };
  const known = sql.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migration'").get();
  if (known && lacking().length === 0) return;
  sql
    .transaction(() => {
      sql.exec('CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY) STRICT');
      for (const { name, statements } of lacking()) {
        for (const statement of statements) sql.exec(statement);
        sql.prepare('INSERT INTO migration (name) VALUES (?)').run(name);
      }
    })
    .immediate();
}

function unreadable(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'SQLITE_NOTADB' && code !== 'SQLITE_CORRUPT') return error;
  return new ChartproofError('workspace.study-unreadable', 'The database of this study cannot be read.', {
    tip: 'Restore study.sqlite from a backup.',
    cause: error,
  });
}
