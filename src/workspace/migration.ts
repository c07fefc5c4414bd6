/**
 * How a database came to be, step by step. A migration that was ever released is never edited: a database made by an older
 * version is brought up to date by running those it lacks, in their order.
 */
export interface Migration {
  readonly name: string;
  readonly statements: readonly string[];
}

/** Refuses, in the database itself, to change or remove what was once said. */
export function appendOnly(table: string): string[] {
  return ['UPDATE', 'DELETE'].map(
    (verb) => `CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
      BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END`,
  );
}

/** The table of an audit trail (`audit-trail.ts`), without its triggers. */
export const AUDIT_TABLE = `CREATE TABLE audit (
        seq INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        actor TEXT NOT NULL,
        action TEXT NOT NULL,
        subject TEXT,
        detail TEXT NOT NULL,
        previous TEXT NOT NULL,
        hash TEXT NOT NULL
      ) STRICT`;
