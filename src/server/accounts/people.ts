/** The people of a workspace: inviting, disabling, listing them. Rules R8, R16 and R17 of SPEC.md. */
import { randomUUID } from 'node:crypto';
import { ChartproofError } from '../../base/index.ts';
import { appendAudit } from '../../workspace/index.ts';
import type { Roles } from '../permissions.ts';
import type { Accounts } from './accounts.ts';
import type { AccountsDatabase } from './accounts-database.ts';
import { endLinks, makePersonLink, type NewLink } from './links.ts';
import { type Change, grantRole, loginOf, type Role, requireOtherAdministrator, rolesOf, rolesOfAll } from './roles.ts';
import { endSessionsOf } from './sessions.ts';

/** Somebody with an account. */
export interface Person {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly status: 'active' | 'disabled';
  /** Whether they have ever been able to come in; until then the invitation is open. */
  readonly isInvited: boolean;
  readonly roles: Roles;
  /** Their last call, to within a minute; null where it is long ago, or never was. */
  readonly lastSeenAt: string | null;
}

/** Everybody, by login; `after` a login, at most `limit`. */
export function listPeople({ database }: Accounts, after = '', limit = -1): readonly Person[] {
  const { all, db } = database;
  const roles = rolesOfAll(database);
  const rows = all(
    db
      .selectFrom('person')
      .where('login', '>', after)
      .orderBy('login')
      .limit(limit)
      .select(['id', 'login', 'name', 'status'])
      .select((of) => [
        of
          .selectFrom('session')
          .whereRef('person', '=', 'person.id')
          .select(({ fn }) => fn.max('seen_at').as('at'))
          .as('last_seen_at'),
        of.exists(of.selectFrom('credential').whereRef('person', '=', 'person.id').select('id')).as('has_password'),
        of
          .exists(of.selectFrom('external_identity').whereRef('person', '=', 'person.id').select('subject'))
          .as('has_identity'),
      ]),
  );
  return rows.map(({ last_seen_at, has_password, has_identity, ...person }) => ({
    ...person,
    isInvited: !(has_password || has_identity),
    roles: roles.get(person.id) ?? { workspace: [], studies: new Map() },
    lastSeenAt: last_seen_at,
  }));
}

/** One of them. Error: `accounts.no-person`. */
export function findPerson(accounts: Accounts, by: { readonly id: string } | { readonly login: string }): Person {
  const found = listPeople(accounts).find((one) => ('id' in by ? one.id === by.id : one.login === by.login));
  if (found) return found;
  throw new ChartproofError('accounts.no-person', 'There is nobody with an account of this name.', {
    tip: 'An administrator can invite them.',
  });
}

/** Who is to be let in, as what. */
export interface Invitation {
  readonly login: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

/** Makes an account without a password, and the link with which its owner chooses one. Error: `accounts.login-taken`. */
export function invite(accounts: Accounts, invitation: Invitation, change: Change): { id: string; link: NewLink } {
  return accounts.database.transaction(() => {
    const id = addPerson(accounts.database, invitation, change);
    for (const role of invitation.roles) grantRole(accounts, id, role, change);
    return { id, link: makePersonLink(accounts, id, change) };
  });
}

/** Adds somebody; gives their id. Error: `accounts.login-taken`. */
export function addPerson(
  database: AccountsDatabase,
  { login, name }: Pick<Invitation, 'login' | 'name'>,
  { actor, at }: Change,
): string {
  const { all, run, db } = database;
  if (all(db.selectFrom('person').select('id').where('login', '=', login)).length > 0) {
    throw new ChartproofError('accounts.login-taken', 'Somebody has this login already.', { tip: 'Choose another.' });
  }
  const id = randomUUID();
  run(db.insertInto('person').values({ id, login, name, status: 'active', created_at: at }));
  appendAudit(database, { at, actor, action: 'people.add', subject: login });
  return id;
}

/**
 * Lets nobody in as this person any more, and ends what they have open. Errors: `accounts.no-person`,
 * `accounts.last-administrator`.
 */
export function disablePerson({ database }: Accounts, person: string, { actor, at }: Change): void {
  database.transaction(() => {
    const login = loginOf(database, person);
    if (rolesOf(database, person).workspace.includes('administrator')) requireOtherAdministrator(database, person);
    if (!setStatus(database, person, 'disabled')) return;
    endLinks(database, person, at);
    const sessions = endSessionsOf(database, person, at);
    appendAudit(database, { at, actor, action: 'people.disable', subject: login, detail: { sessions } });
  });
}

/** Lets them in again, with the password and the roles that they had. Error: `accounts.no-person`. */
export function enablePerson({ database }: Accounts, person: string, { actor, at }: Change): void {
  database.transaction(() => {
    const login = loginOf(database, person);
    if (setStatus(database, person, 'active'))
      appendAudit(database, { at, actor, action: 'people.enable', subject: login });
  });
}

function setStatus({ run, db }: AccountsDatabase, person: string, status: Person['status']): boolean {
  const update = db.updateTable('person').set({ status }).where('id', '=', person).where('status', '!=', status);
  return run(update).changes > 0;
}
