/** Sessions: 32 random bytes with the browser, their hash here. Rules R6 to R8 of SPEC.md. */
import { appendAudit } from '../../workspace/index.ts';
import type { Accounts } from './accounts.ts';
import type { AccountsDatabase } from './accounts-database.ts';
import { rolesOf } from './roles.ts';
import type { SignedIn } from './signed-in.ts';
import { newToken, tokenHash } from './tokens.ts';

/** A call within this part of the idle time is not written down: else each would wait for the disk. */
const SEEN_STEP = 1 / 60;

const KEPT_MS = 30 * 24 * 3_600_000;

/** Begins a session of somebody and ends the one that the browser had. Gives its token, which is kept nowhere. */
export function beginSession({ database }: Accounts, person: string, at: string, before: string | undefined): string {
  const token = newToken();
  const { run, db } = database;
  // The audit trail tells of the old ones.
  run(db.deleteFrom('session').where('created_at', '<', new Date(Date.parse(at) - KEPT_MS).toISOString()));
  if (before !== undefined) run(endOf(database, at).where('token_hash', '=', tokenHash(before)));
  run(
    db.insertInto('session').values({
      token_hash: tokenHash(token),
      person,
      csrf: newToken(),
      created_at: at,
      seen_at: at,
      ended_at: null,
    }),
  );
  return token;
}

/** See `Accounts.signedIn`. */
export function signedIn(accounts: Accounts, token: string, at: string): SignedIn | undefined {
  const { database, settings } = accounts;
  const hash = tokenHash(token);
  const [session] = database.all(
    database.db
      .selectFrom('session')
      .innerJoin('person', 'person.id', 'session.person')
      .where('session.token_hash', '=', hash)
      .where('session.ended_at', 'is', null)
      .where('person.status', '=', 'active')
      .select(['person.id', 'person.login', 'person.name', 'session.csrf', 'session.created_at', 'session.seen_at']),
  );
  if (!session) return undefined;
  const idleMs = settings.idleMinutes * 60_000;
  const endsMs = Date.parse(session.created_at) + settings.sessionHours * 3_600_000;
  const unseenMs = Date.parse(at) - Date.parse(session.seen_at);
  const isIdle = unseenMs >= idleMs;
  if (isIdle || Date.parse(at) >= endsMs) {
    endSession(accounts, token, session.login, at, isIdle ? 'idle' : 'age');
    return undefined;
  }
  if (unseenMs > idleMs * SEEN_STEP)
    database.run(database.db.updateTable('session').set({ seen_at: at }).where('token_hash', '=', hash));
  const { id, login, name, csrf } = session;
  return { person: { id, login, name }, roles: rolesOf(database, id), csrf, endsAt: new Date(endsMs).toISOString() };
}

/** Ends one session; `why` goes to the audit trail. */
export function endSession(
  { database }: Accounts,
  token: string,
  login: string,
  at: string,
  why: 'sign-out' | 'idle' | 'age',
): void {
  database.transaction(() => {
    const { changes } = database.run(endOf(database, at).where('token_hash', '=', tokenHash(token)));
    if (changes > 0) appendAudit(database, { at, actor: login, action: 'session.end', detail: { why } });
  });
}

/** Ends all sessions of somebody, but for one that is to stay. */
export function endSessionsOf(database: AccountsDatabase, person: string, at: string, stays?: string): number {
  const all = endOf(database, at).where('person', '=', person);
  return database.run(stays === undefined ? all : all.where('token_hash', '!=', tokenHash(stays))).changes;
}

function endOf({ db }: AccountsDatabase, at: string) {
  return db.updateTable('session').set({ ended_at: at }).where('ended_at', 'is', null);
}
