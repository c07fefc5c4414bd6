/**
 * People, their roles and their sessions: `accounts.sqlite` of a workspace. One is opened when the server starts, and what
 * can be done with it stands in the files beside: getting in (`signing-in.ts`), sessions, links, people and roles. Rules R1 to
 * R9 and R15 to R29 of SPEC.md.
 *
 *     const accounts = openAccounts(workspace);
 *     const { token } = await signIn(accounts, { login, password, address, at });
 *     accounts.signedIn(token, at)?.roles;
 */
import type { Workspace } from '../../workspace/index.ts';
import { type AccountsDatabase, openAccountsDatabase } from './accounts-database.ts';
import { signedIn } from './sessions.ts';
import type { SignedIn } from './signed-in.ts';

/** How people come in. */
export interface AccountSettings {
  /** After how long without a call a session ends. Defaults to 30. */
  readonly idleMinutes: number;
  /** After how long a session ends in any case. Defaults to 12. */
  readonly sessionHours: number;
  /** The provider whose accounts count, as the sign-in page names it. Defaults to none. */
  readonly openId?: { readonly label: string } | undefined;
}

export interface Accounts {
  readonly database: AccountsDatabase;
  readonly settings: AccountSettings;
  /** Whose session this is, which counts as a sign of life; `undefined` where it ended, by idleness or by age. */
  signedIn(token: string, at: string): SignedIn | undefined;
  close(): void;
}

/** Opens the accounts of a workspace; see `openAccountsDatabase` for its errors. */
export function openAccounts(workspace: Workspace, settings: Partial<AccountSettings> = {}): Accounts {
  const database = openAccountsDatabase(workspace);
  const accounts: Accounts = {
    database,
    settings: { idleMinutes: 30, sessionHours: 12, ...settings },
    signedIn: (token, at) => signedIn(accounts, token, at),
    close: () => database.close(),
  };
  return accounts;
}
