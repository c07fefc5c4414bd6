/**
 * People, their roles and their sessions: `accounts.sqlite` of a workspace. It is opened (`open-accounts.ts`) when the server starts, and what
 * can be done with it stands in the files beside: getting in (`signing-in.ts`), sessions, links, people and roles. Rules R1
 * to R9 and R15 to R19 of SPEC.md.
 *
 *     const accounts = openAccounts(workspace);
 *     const { token } = await signIn(accounts, { login, password, address, at });
 *     accounts.signedIn(token, at)?.roles;
 */
import type { AccountsDatabase } from './accounts-database.ts';
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
