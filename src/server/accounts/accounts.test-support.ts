/** Accounts in a workspace of their own, and a clock that a test sets. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initWorkspace, type Workspace } from '../../workspace/index.ts';
import type { AccountSettings, Accounts } from './accounts.ts';
import { makeSetUpLink, type NewLink } from './links.ts';
import { openAccounts } from './open-accounts.ts';
import { invite } from './people.ts';
import type { Role } from './roles.ts';
import { type Caller, redeemLink } from './signing-in.ts';

export const PASSWORD = 'correct horse battery';

export interface TestAccounts extends Disposable {
  readonly workspace: Workspace;
  readonly accounts: Accounts;
  /** The time `minutes` after the test began, as calls are given it. */
  at(minutes?: number): string;
  caller(minutes?: number, more?: Partial<Caller>): Caller;
  /** Closes the accounts and opens them again, as a restart does. */
  reopen(settings?: Partial<AccountSettings>): Accounts;
  /** The first account; gives the token of its session. */
  setUp(login?: string): Promise<string>;
  /** Somebody invited who has chosen {@link PASSWORD}; gives their id. */
  add(login: string, ...roles: Role[]): Promise<string>;
}

export function testAccounts(settings: Partial<AccountSettings> = {}): TestAccounts {
  const folder = mkdtempSync(join(tmpdir(), 'chartproof-accounts-'));
  const workspace = initWorkspace(join(folder, 'workspace'));
  let accounts = openAccounts(workspace, settings);
  const at = (minutes = 0): string => new Date(Date.UTC(2024, 0, 1, 8) + minutes * 60_000).toISOString();
  const caller = (minutes = 0, more = {}): Caller => ({ address: '10.0.0.1', at: at(minutes), ...more });
  return {
    workspace,
    get accounts() {
      return accounts;
    },
    at,
    caller,
    reopen(again = settings) {
      accounts.close();
      accounts = openAccounts(workspace, again);
      return accounts;
    },
    setUp(login = 'root') {
      const link = makeSetUpLink(accounts, at());
      return redeemLink(accounts, { token: tokenOf(link), login, name: 'Root', password: PASSWORD }, caller());
    },
    async add(login, ...roles) {
      const { id, link } = invite(accounts, { login, name: login, roles }, { actor: 'root', at: at() });
      await redeemLink(accounts, { token: tokenOf(link), login, name: `${login} X`, password: PASSWORD }, caller());
      return id;
    },
    [Symbol.dispose]() {
      accounts.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The token of a link. */
export function tokenOf(link: NewLink | undefined): string {
  return link?.path.split('#')[1] ?? '';
}

/** What the audit trail of the workspace tells, in order. */
export function told({ database }: Accounts): string[] {
  return database
    .all(database.db.selectFrom('audit').select(['actor', 'action', 'subject']).orderBy('seq'))
    .map(({ actor, action, subject }) => [actor, action, ...(subject === null ? [] : [subject])].join(' '));
}
