/**
 * Links that work once: for the first account, for an invitation, for a new password. The token stands behind the `#`, which
 * browsers keep to themselves, so that it comes into no log. Rules R1 and R9 of SPEC.md.
 */
import { ChartproofError } from '../../base/index.ts';
import { appendAudit } from '../../workspace/index.ts';
import type { Accounts } from './accounts.ts';
import type { AccountsDatabase } from './accounts-database.ts';
import type { LinkTable } from './accounts-tables.ts';
import { forgiveAttempts } from './attempts.ts';
import { type Change, loginOf } from './roles.ts';
import { newToken, tokenHash } from './tokens.ts';

const HOURS = { 'set-up': 24, invitation: 7 * 24, reset: 24 } as const;

/** A link just made. `path` is below the address of the server, and is shown once. */
export interface NewLink {
  readonly path: string;
  readonly expiresAt: string;
}

/** A link for the first account, where there is none; the link of an earlier start ends. */
export function makeSetUpLink({ database }: Accounts, at: string): NewLink | undefined {
  return database.transaction(() => {
    if (hasPeople(database)) return undefined;
    appendAudit(database, { at, actor: 'server', action: 'people.set-up-link' });
    return keepLink(database, 'set-up', null, at);
  });
}

/** Whether anybody has an account. */
export function hasPeople({ all, db }: AccountsDatabase): boolean {
  return all(db.selectFrom('person').select('id').limit(1)).length > 0;
}

/**
 * A link with which somebody chooses a password: an invitation where they have none, else a reset, which also opens a login
 * that is locked. Links before it end. Errors: `accounts.no-person`, `accounts.disabled`.
 */
export function makePersonLink({ database }: Accounts, person: string, { actor, at }: Change): NewLink {
  return database.transaction(() => {
    const { all, db } = database;
    const login = loginOf(database, person);
    const [active] = all(db.selectFrom('person').select('id').where('id', '=', person).where('status', '=', 'active'));
    if (!active)
      throw new ChartproofError('accounts.disabled', 'This account is disabled.', { tip: 'Enable it first.' });
    const hasPassword = all(db.selectFrom('credential').select('id').where('person', '=', person).limit(1)).length > 0;
    const purpose = hasPassword ? 'reset' : 'invitation';
    forgiveAttempts(database, login);
    appendAudit(database, { at, actor, action: 'people.link', subject: login, detail: { purpose } });
    return keepLink(database, purpose, person, at);
  });
}

/** A link that holds. Error: `accounts.link-over`, whether it was used, ran out or never was. */
export function openLink({ all, db }: AccountsDatabase, token: string, at: string): LinkTable {
  const [link] = all(
    db
      .selectFrom('link')
      .selectAll()
      .where('token_hash', '=', tokenHash(token))
      .where('ended_at', 'is', null)
      .where('expires_at', '>', at),
  );
  if (link) return link;
  throw new ChartproofError('accounts.link-over', 'This link was used already, or has run out.', {
    tip: 'Ask an administrator for a new one. For the first account: start the server again, which prints one.',
  });
}

/** Ends links of somebody, or of the set-up (null). */
export function endLinks({ run, db }: AccountsDatabase, person: string | null, at: string): void {
  run(db.updateTable('link').set({ ended_at: at }).where('ended_at', 'is', null).where('person', 'is', person));
}

function keepLink(
  database: AccountsDatabase,
  purpose: LinkTable['purpose'],
  person: string | null,
  at: string,
): NewLink {
  const token = newToken();
  const expires = new Date(Date.parse(at) + HOURS[purpose] * 3_600_000).toISOString();
  endLinks(database, person, at);
  database.run(
    database.db
      .insertInto('link')
      .values({ token_hash: tokenHash(token), purpose, person, created_at: at, expires_at: expires, ended_at: null }),
  );
  return { path: `/link#${token}`, expiresAt: expires };
}
