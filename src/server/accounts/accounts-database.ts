/** `accounts.sqlite`: who may come in, as what, with which sessions; and the audit trail of the workspace. */
import { chmodSync, closeSync, existsSync, openSync } from 'node:fs';
import { ChartproofError } from '../../base/index.ts';
import {
  AUDIT_TABLE,
  appendOnly,
  type Migration,
  type OpenDatabase,
  openDatabaseAt,
  type Workspace,
} from '../../workspace/index.ts';
import type { AccountsTables } from './accounts-tables.ts';

/** An open `accounts.sqlite`. */
export type AccountsDatabase = OpenDatabase<AccountsTables>;

/**
 * Opens `accounts.sqlite` of a workspace and makes it where it is missing, readable for its owner alone.
 * Errors: `workspace.accounts-newer`, `workspace.accounts-unreadable`.
 */
export function openAccountsDatabase(workspace: Workspace): AccountsDatabase {
  const path = workspace.paths.accounts;
  // SQLite gives its log files the mode of the database, so the mode must be there first.
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
  return openDatabaseAt<AccountsTables>(path, {
    migrations: accountsMigrations,
    newer: () =>
      new ChartproofError('workspace.accounts-newer', 'The accounts were written by a newer version of the program.', {
        tip: 'Start that version or a later one.',
      }),
    unreadable: (cause) =>
      new ChartproofError('workspace.accounts-unreadable', 'The accounts of this workspace cannot be read.', {
        tip: 'Restore accounts.sqlite from a backup.',
        cause,
      }),
  });
}

const accountsMigrations: readonly Migration[] = [
  {
    name: '0001-first',
    statements: [
      `CREATE TABLE person (
        id TEXT PRIMARY KEY,
        login TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('active', 'disabled')),
        created_at TEXT NOT NULL
      ) STRICT`,
      `CREATE TABLE credential (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        person TEXT NOT NULL REFERENCES person (id),
        hash TEXT NOT NULL,
        set_at TEXT NOT NULL
      ) STRICT`,
      `CREATE INDEX credential_of ON credential (person, id)`,
      `CREATE TABLE external_identity (
        issuer TEXT NOT NULL,
        subject TEXT NOT NULL,
        person TEXT NOT NULL REFERENCES person (id),
        linked_at TEXT NOT NULL,
        PRIMARY KEY (issuer, subject),
        UNIQUE (issuer, person)
      ) STRICT`,
      `CREATE TABLE session (
        token_hash TEXT PRIMARY KEY,
        person TEXT NOT NULL REFERENCES person (id),
        csrf TEXT NOT NULL,
        created_at TEXT NOT NULL,
        seen_at TEXT NOT NULL,
        ended_at TEXT
      ) STRICT`,
      `CREATE INDEX session_of ON session (person)`,
      `CREATE TABLE link (
        token_hash TEXT PRIMARY KEY,
        purpose TEXT NOT NULL CHECK (purpose IN ('set-up', 'invitation', 'reset')),
        person TEXT REFERENCES person (id),
        created_at TEXT NOT NULL,
        expires_at TEXT NOT NULL,
        ended_at TEXT
      ) STRICT`,
      `CREATE TABLE role_change (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        person TEXT NOT NULL REFERENCES person (id),
        study TEXT,
        role TEXT NOT NULL,
        change TEXT NOT NULL CHECK (change IN ('granted', 'revoked')),
        "by" TEXT NOT NULL,
        at TEXT NOT NULL
      ) STRICT`,
      `CREATE INDEX role_change_of ON role_change (person, study, role)`,
      `CREATE TABLE attempt (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at_ms INTEGER NOT NULL,
        address TEXT NOT NULL,
        login_hash TEXT NOT NULL,
        failed INTEGER NOT NULL
      ) STRICT`,
      `CREATE INDEX attempt_from ON attempt (address, at_ms)`,
      `CREATE INDEX attempt_as ON attempt (login_hash, id)`,
      AUDIT_TABLE,
      ...['credential', 'role_change', 'audit'].flatMap(appendOnly),
    ],
  },
];
