import type { SignedIn } from './signed-in.ts';

/** People, their roles and their sessions: `accounts.sqlite` of a workspace. */
export interface Accounts {
  /** Whose session this is, which counts as a sign of life; `undefined` where it ended, by idleness or by age. */
  signedIn(token: string, at: string): SignedIn | undefined;
  close(): void;
}
