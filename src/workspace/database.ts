/**
 * A SQLite file of the workspace that keeps what people decided: a write is on the disk when it is acknowledged
 * (`synchronous = FULL`), and what was said is never changed (append-only triggers).
 *
 * Queries are written with Kysely, for its types, and run at once:
 *
 *     const subjects = study.all(study.db.selectFrom('candidate').select('subject'));
 *     study.transaction(() => { study.run(insert); appendAudit(study, ...); });
 *
 * Running them at once keeps a transaction whole: nothing else can slip in while one is open (docs/decisions).
 */
import Database from 'better-sqlite3';
import { type Compilable, type InferResult, Kysely, SqliteDialect } from 'kysely';
import type { ChartproofError } from '../base/index.ts';
import type { Migration } from './migration.ts';

/** An open database. Close it; an open one keeps its write-ahead log beside the file. */
export interface OpenDatabase<Tables> {
  /** The connection itself, for what Kysely cannot say. */
  readonly sql: Database.Database;
  /** Builds typed queries; run them with {@link all} and {@link run}, or await them outside of transactions. */
  readonly db: Kysely<Tables>;
  /** The rows of a query. */
  all<Query extends Compilable>(query: Query): InferResult<Query>;
  /** Runs an insert, update or delete. */
  run(query: Compilable): { readonly changes: number; readonly lastId: number };
  /** All of `work` or nothing. Within another transaction it is a part of that one. */
  transaction<Result>(work: () => Result): Result;
  close(): void;
}

/** What kind of database a file is: how it came to be, and what is told where it cannot be opened. */
export interface DatabaseKind {
  readonly migrations: readonly Migration[];
  /** A version of the program wrote it that is newer than this one. */
  newer(): ChartproofError;
  /** It is no database, or a damaged one. */
  unreadable(cause: unknown): ChartproofError;
}

const WAIT_FOR_WRITER_MS = 10_000;

/** Statements that stay prepared: those of the program are fewer, but for lists of each length. */
const MOST_PREPARED = 500;

/** Opens a file, or `:memory:` for a test; makes it where it is missing and brings it up to this version. */
export function openDatabaseAt<Tables>(path: string, kind: DatabaseKind): OpenDatabase<Tables> {
  const sql = new Database(path, { timeout: WAIT_FOR_WRITER_MS });
  try {
    configure(sql);
    migrate(sql, kind);
  } catch (error) {
    sql.close();
    throw isUnreadable(error) ? kind.unreadable(error) : error;
  }
  return { ...queries<Tables>(sql), close: () => sql.close() };
}

function queries<Tables>(sql: Database.Database): Omit<OpenDatabase<Tables>, 'close'> {
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: sql }) });
  const prepared = new Map<string, Database.Statement>();
  const bound = (query: Compilable): { statement: Database.Statement; parameters: readonly unknown[] } => {
    const { sql: text, parameters } = query.compile();
    const statement = prepared.get(text) ?? sql.prepare(text);
    if (prepared.size < MOST_PREPARED) prepared.set(text, statement);
    return { statement, parameters };
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
function migrate(sql: Database.Database, { migrations, newer }: DatabaseKind): void {
  const lacking = (): readonly Migration[] => {
    const done = sql.prepare<[], string>('SELECT name FROM migration ORDER BY name').pluck().all();
    if (done.some((name) => !migrations.some((migration) => migration.name === name))) throw newer();
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

function isUnreadable(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT';
}
