/** The ways in: password, one-time link, OpenID; and the own password. Rules R1 to R9 and R18 of SPEC.md. */
import { ChartproofError } from '../../base/index.ts';
import { appendAudit } from '../../workspace/index.ts';
import type { Accounts } from './accounts.ts';
import type { AccountsDatabase } from './accounts-database.ts';
import type { LinkTable } from './accounts-tables.ts';
import { type Attempt, beginAttempt, waitOf } from './attempts.ts';
import { endLinks, hasPeople, openLink } from './links.ts';
import { hashPassword, isPassword, keepPasswordHash, passwordHashOf } from './passwords.ts';
import { addPerson } from './people.ts';
import { grantRole, loginOf } from './roles.ts';
import { beginSession, endSessionsOf } from './sessions.ts';
import { tokenHash } from './tokens.ts';

/** Whom a call comes from, when, and the session that its browser has. */
export interface Caller {
  readonly address: string;
  readonly at: string;
  readonly token?: string | undefined;
}

/**
 * Gives the token of a new session. Errors: `server.wrong-password`, the same for a login that nobody has, and
 * `server.too-many-attempts`.
 */
export async function signIn(
  accounts: Accounts,
  { login, password }: { readonly login: string; readonly password: string },
  caller: Caller,
): Promise<string> {
  const { database } = accounts;
  const { all, db } = database;
  const attempt = { login, ...caller };
  const open = beginAttempt(database, attempt);
  const [person] = all(db.selectFrom('person').select(['id', 'status']).where('login', '=', login));
  const isRight = await isPassword(password, person && passwordHashOf(database, person.id));
  if (person?.status !== 'active' || !isRight) {
    const why = !person ? 'login' : isRight ? 'disabled' : 'password';
    refused(database, attempt, person ? login : undefined, why);
    throw new ChartproofError('server.wrong-password', 'Login or password is not right.', {
      tip: 'Try again. An administrator can give you a link for a new password.',
    });
  }
  open.succeed();
  return enter(accounts, person.id, login, caller, 'password');
}

/** What somebody chooses with a link; the login must be the one that was invited, and the name is theirs to say. */
export interface Choice {
  readonly token: string;
  readonly login: string;
  readonly name: string;
  readonly password: string;
}

/**
 * Uses a link: the first account becomes administrator and steward; others choose their password, and their sessions end.
 * Gives the token of a new session. Errors: `accounts.link-over`, `accounts.link-login`, `server.too-many-attempts`.
 */
export async function redeemLink(accounts: Accounts, choice: Choice, caller: Caller): Promise<string> {
  const { database } = accounts;
  const { at } = caller;
  // Counted by address alone: what is guessed is the link, so each one has a count of its own.
  const attempt = { login: tokenHash(choice.token), ...caller };
  const open = beginAttempt(database, attempt);
  try {
    openLink(database, choice.token, at);
  } catch (error) {
    refused(database, attempt, undefined, 'link');
    throw error;
  }
  const hash = await hashPassword(choice.password);
  const person = database.transaction(() => {
    // Once more: another call may have used it while the password was hashed.
    const link = openLink(database, choice.token, at);
    const id = link.person ?? firstPerson(accounts, choice, at);
    requireLogin(database, link, choice.login);
    endLinks(database, link.person, at);
    if (link.purpose === 'invitation')
      database.run(database.db.updateTable('person').set({ name: choice.name }).where('id', '=', id));
    keepPasswordHash(database, id, hash, at);
    const sessions = endSessionsOf(database, id, at);
    appendAudit(database, {
      at,
      actor: choice.login,
      action: 'session.link-used',
      detail: { purpose: link.purpose, sessions },
    });
    return id;
  });
  open.succeed();
  return enter(accounts, person, choice.login, caller, 'link');
}

/**
 * Changes the own password; all other sessions end. Errors: `server.wrong-password`, `server.too-many-attempts`.
 */
export async function changePassword(
  { database }: Accounts,
  who: { readonly id: string; readonly login: string },
  { current, password }: { readonly current: string; readonly password: string },
  caller: Caller,
): Promise<void> {
  const attempt = { login: who.login, ...caller };
  const open = beginAttempt(database, attempt);
  if (!(await isPassword(current, passwordHashOf(database, who.id)))) {
    refused(database, attempt, who.login, 'password');
    throw new ChartproofError('server.wrong-password', 'The current password is not right.', {
      tip: 'If you never had one here, ask an administrator for a link.',
    });
  }
  open.succeed();
  const hash = await hashPassword(password);
  const { at } = caller;
  database.transaction(() => {
    keepPasswordHash(database, who.id, hash, at);
    endLinks(database, who.id, at);
    const sessions = endSessionsOf(database, who.id, at, caller.token);
    appendAudit(database, { at, actor: who.login, action: 'session.password', detail: { sessions } });
  });
}

/** What a provider says of somebody, checked. */
export interface OpenIdentity {
  readonly issuer: string;
  readonly subject: string;
  /** Only an address that the provider has verified. */
  readonly verifiedEmail: string | undefined;
}

/**
 * Lets somebody in whom the provider knows: who came in this way before, else who has the verified address as login and
 * no other account there. Gives the token of a new session. Error: `server.openid-unknown`.
 */
export function signInByOpenId(accounts: Accounts, identity: OpenIdentity, caller: Omit<Caller, 'address'>): string {
  const { database } = accounts;
  const { at } = caller;
  const person = database.transaction(() => knownAs(database, identity) ?? invitedAs(database, identity, at));
  if (person) return enter(accounts, person.id, person.login, caller, 'openid');
  appendAudit(database, { at, actor: 'unknown', action: 'session.refused', detail: { why: 'openid' } });
  throw new ChartproofError('server.openid-unknown', 'Nobody here has this account.', {
    tip: 'Ask an administrator to invite you, with the address that the provider knows as your login.',
  });
}

function knownAs({ all, db }: AccountsDatabase, { issuer, subject }: OpenIdentity) {
  return all(
    db
      .selectFrom('external_identity')
      .innerJoin('person', 'person.id', 'external_identity.person')
      .where('issuer', '=', issuer)
      .where('subject', '=', subject)
      .where('status', '=', 'active')
      .select(['person.id', 'person.login']),
  )[0];
}

function invitedAs(database: AccountsDatabase, { issuer, subject, verifiedEmail }: OpenIdentity, at: string) {
  const { all, run, db } = database;
  if (verifiedEmail === undefined) return undefined;
  const login = verifiedEmail.toLowerCase();
  const [person] = all(
    db.selectFrom('person').where('login', '=', login).where('status', '=', 'active').select(['id', 'login']),
  );
  if (!person) return undefined;
  const taken = db
    .selectFrom('external_identity')
    .where('issuer', '=', issuer)
    .where(({ or, eb }) => or([eb('subject', '=', subject), eb('person', '=', person.id)]))
    .select('person');
  if (all(taken).length > 0) return undefined;
  run(db.insertInto('external_identity').values({ issuer, subject, person: person.id, linked_at: at }));
  appendAudit(database, { at, actor: person.login, action: 'session.openid-linked' });
  return person;
}

function enter(
  accounts: Accounts,
  person: string,
  login: string,
  { at, token }: Omit<Caller, 'address'>,
  by: 'password' | 'link' | 'openid',
): string {
  return accounts.database.transaction(() => {
    appendAudit(accounts.database, { at, actor: login, action: 'session.begin', detail: { by } });
    return beginSession(accounts, person, at, token);
  });
}

/** The trail names a login only where somebody has it: others may be a password typed into the wrong box. */
function refused(database: AccountsDatabase, attempt: Attempt, login: string | undefined, why: string): void {
  const actor = login ?? 'unknown';
  database.transaction(() => {
    appendAudit(database, { at: attempt.at, actor, action: 'session.refused', detail: { why } });
    const waitMs = waitOf(database, attempt);
    if (waitMs > 0) {
      const detail = { seconds: Math.ceil(waitMs / 1000) };
      appendAudit(database, { at: attempt.at, actor, action: 'session.lock-out', detail });
    }
  });
}

function firstPerson(accounts: Accounts, { login, name }: Choice, at: string): string {
  const { database } = accounts;
  if (hasPeople(database)) throw new ChartproofError('accounts.link-over', 'There is an account already.');
  const change = { actor: login, at };
  const id = addPerson(database, { login, name }, change);
  for (const role of ['administrator', 'steward'] as const) grantRole(accounts, id, { role }, change);
  return id;
}

function requireLogin(database: AccountsDatabase, { person }: LinkTable, login: string): void {
  if (person === null || loginOf(database, person) === login) return;
  throw new ChartproofError('accounts.link-login', 'This link is for another login.', {
    tip: 'Use the login that whoever sent the link gave you.',
  });
}
