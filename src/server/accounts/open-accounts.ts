import type { Workspace } from '../../workspace/index.ts';
import type { AccountSettings, Accounts } from './accounts.ts';
import { openAccountsDatabase } from './accounts-database.ts';
import { signedIn } from './sessions.ts';

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
