/** Who has which role: the newest of what was given and taken. Rules R15 and R16 of SPEC.md. */
import { ChartproofError } from '../../base/index.ts';
import { appendAudit } from '../../workspace/index.ts';
import type { StudyRole, WorkspaceRole } from '../contract/index.ts';
import type { Roles } from '../permissions.ts';
import type { Accounts } from './accounts.ts';
import type { AccountsDatabase } from './accounts-database.ts';

/** A role in the workspace, or in a study. */
export type Role =
  | { readonly role: WorkspaceRole; readonly study?: undefined }
  | { readonly role: StudyRole; readonly study: string };

/** Who changes something, when. */
export interface Change {
  /** The login of whoever does it. */
  readonly actor: string;
  readonly at: string;
}

/** The roles that somebody has. */
export function rolesOf(database: AccountsDatabase, person: string): Roles {
  return rolesOfAll(database, person).get(person) ?? { workspace: [], studies: new Map() };
}

/** The roles of everybody who has one, or of one person, by the person's id. */
export function rolesOfAll(database: AccountsDatabase, only?: string): ReadonlyMap<string, Roles> {
  const { db } = database;
  const newest = db
    .selectFrom('role_change')
    .select((of) => of.fn.max('id').as('id'))
    .groupBy(['person', 'study', 'role']);
  const granted = db
    .selectFrom('role_change')
    .where('id', 'in', only === undefined ? newest : newest.where('person', '=', only))
    .where('change', '=', 'granted')
    .orderBy('study')
    .orderBy('role')
    .select(['person', 'study', 'role']);
  const byPerson = Map.groupBy(database.all(granted), ({ person }) => person);
  return new Map([...byPerson].map(([person, rows]) => [person, collected(rows)]));
}

function collected(rows: readonly { readonly study: string | null; readonly role: string }[]): Roles {
  const studies = new Map<string, StudyRole[]>();
  for (const { study, role } of rows) {
    if (study !== null) studies.set(study, [...(studies.get(study) ?? []), role as StudyRole]);
  }
  return { workspace: rows.filter(({ study }) => study === null).map(({ role }) => role as WorkspaceRole), studies };
}

/** Gives a role; false where they have it. Error: `accounts.no-person`. */
export function grantRole(accounts: Accounts, person: string, role: Role, change: Change): boolean {
  return changeRole(accounts, person, role, 'granted', change);
}

/** Takes a role; false where they have it not. Errors: `accounts.no-person`, `accounts.last-administrator`. */
export function revokeRole(accounts: Accounts, person: string, role: Role, change: Change): boolean {
  return changeRole(accounts, person, role, 'revoked', change);
}

function changeRole(
  { database }: Accounts,
  person: string,
  { role, study }: Role,
  to: 'granted' | 'revoked',
  { actor, at }: Change,
): boolean {
  return database.transaction(() => {
    const login = loginOf(database, person);
    const { workspace, studies } = rolesOf(database, person);
    const own: readonly string[] = study === undefined ? workspace : (studies.get(study) ?? []);
    if (own.includes(role) === (to === 'granted')) return false;
    if (to === 'revoked' && role === 'administrator') requireOtherAdministrator(database, person);
    database.run(
      database.db.insertInto('role_change').values({ person, study: study ?? null, role, change: to, by: actor, at }),
    );
    const action = to === 'granted' ? 'people.grant' : 'people.revoke';
    appendAudit(database, { at, actor, action, subject: login, detail: { role, ...(study && { study }) } });
    return true;
  });
}

/**
 * Somebody must be able to let people in: another administrator, who is not disabled and has come in before. Error:
 * `accounts.last-administrator`.
 */
export function requireOtherAdministrator(database: AccountsDatabase, person: string): void {
  const { db } = database;
  const roles = rolesOfAll(database);
  const others = database.all(
    db
      .selectFrom('person')
      .select('id')
      .where('status', '=', 'active')
      .where('id', '!=', person)
      .where(({ or, eb }) =>
        or([
          eb('id', 'in', db.selectFrom('credential').select('person')),
          eb('id', 'in', db.selectFrom('external_identity').select('person')),
        ]),
      ),
  );
  if (others.some(({ id }) => roles.get(id)?.workspace.includes('administrator'))) return;
  throw new ChartproofError('accounts.last-administrator', 'Nobody else is an administrator who has signed in.', {
    tip: 'Make another person administrator first, and let them sign in.',
  });
}

/** Error: `accounts.no-person`. */
export function loginOf({ all, db }: AccountsDatabase, person: string): string {
  const [found] = all(db.selectFrom('person').select('login').where('id', '=', person));
  if (found) return found.login;
  throw new ChartproofError('accounts.no-person', 'There is no such person.', {
    tip: 'Load the list of people again.',
  });
}
