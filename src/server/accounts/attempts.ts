/**
 * Guessing is slow. Each address has some failed attempts in a quarter of an hour, whatever the login; each login has some in
 * a row, then must wait after each, twice as long each time. Attempts are in the database, so that a restart forgives nothing.
 * Rules R4 and R5 of SPEC.md.
 */
import { isIPv6 } from 'node:net';
import { ChartproofError, sha256 } from '../../base/index.ts';
import type { AccountsDatabase } from './accounts-database.ts';

/** What the limits are. A login that is locked opens by itself; a reset link opens it at once. */
export const attemptLimits = {
  perAddress: 30,
  windowMs: 15 * 60_000,
  perLogin: 5,
  firstWaitMs: 30_000,
  longestWaitMs: 15 * 60_000,
} as const;

const KEPT_MS = 24 * 60 * 60_000;

/** `server.too-many-attempts`: the next attempt counts after `retryAfter` seconds. */
export class TooManyAttempts extends ChartproofError {
  readonly retryAfter: number;

  constructor(waitMs: number) {
    super('server.too-many-attempts', 'There were too many attempts to sign in.', {
      tip: `Try again in ${waitText(waitMs)}, or ask an administrator for a reset link.`,
    });
    this.name = 'TooManyAttempts';
    this.retryAfter = Math.ceil(waitMs / 1000);
  }
}

/** Who tries to come in, from where. */
export interface Attempt {
  /** The login, or what the attempt is made with where there is none. */
  readonly login: string;
  readonly address: string;
  readonly at: string;
}

/** An attempt that was let through; `succeed` takes it, and those before as this login, out of the count. */
export interface OpenAttempt {
  succeed(): void;
}

/** Counts an attempt, as failed until it succeeds. Error: {@link TooManyAttempts}, which does not count as one. */
export function beginAttempt(database: AccountsDatabase, attempt: Attempt): OpenAttempt {
  const { run, db } = database;
  const now = Date.parse(attempt.at);
  const { lastId } = database.transaction(() => {
    run(db.deleteFrom('attempt').where('at_ms', '<', now - KEPT_MS));
    const waitMs = waitOf(database, attempt);
    if (waitMs > 0) throw new TooManyAttempts(waitMs);
    const from = { address: networkOf(attempt.address), login_hash: sha256(attempt.login) };
    return run(db.insertInto('attempt').values({ ...from, at_ms: now, failed: 1 }));
  });
  return {
    succeed: () => {
      run(db.updateTable('attempt').set({ failed: 0 }).where('id', '=', lastId));
    },
  };
}

/** Forgives the failures of a login: a reset link was used, or made. */
export function forgiveAttempts({ run, db }: AccountsDatabase, login: string): void {
  run(db.updateTable('attempt').set({ failed: 0 }).where('login_hash', '=', sha256(login)));
}

/** How long the next attempt must wait, in ms; 0 where it need not. */
export function waitOf(database: AccountsDatabase, { login, address, at }: Attempt): number {
  const now = Date.parse(at);
  return Math.max(waitOfAddress(database, networkOf(address), now), waitOfLogin(database, sha256(login), now));
}

function waitOfAddress({ all, db }: AccountsDatabase, address: string, now: number): number {
  const since = now - attemptLimits.windowMs;
  const failed = all(
    db
      .selectFrom('attempt')
      .select('at_ms')
      .where('address', '=', address)
      .where('failed', '=', 1)
      .where('at_ms', '>', since)
      .orderBy('at_ms', 'desc')
      .limit(attemptLimits.perAddress),
  );
  const oldest = failed[attemptLimits.perAddress - 1];
  return oldest ? oldest.at_ms + attemptLimits.windowMs - now : 0;
}

function waitOfLogin(database: AccountsDatabase, loginHash: string, now: number): number {
  const failed = rowOfFailures(database, loginHash);
  const last = failed[0];
  const over = failed.length - attemptLimits.perLogin;
  if (!last || over < 0) return 0;
  const wait = Math.min(attemptLimits.firstWaitMs * 2 ** over, attemptLimits.longestWaitMs);
  return Math.max(0, last.at_ms + wait - now);
}

function rowOfFailures({ all, db }: Pick<AccountsDatabase, 'all' | 'db'>, loginHash: string) {
  const newestFirst = all(
    db
      .selectFrom('attempt')
      .select(['at_ms', 'failed'])
      .where('login_hash', '=', loginHash)
      .orderBy('id', 'desc')
      .limit(20),
  );
  const success = newestFirst.findIndex(({ failed }) => failed === 0);
  return success < 0 ? newestFirst : newestFirst.slice(0, success);
}

/** An IPv6 client has a whole /64 to call from. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.replace(/%.*$/, '').split('::');
  const groups = head === '' ? [] : head.split(':');
  const behind = tail ? tail.split(':') : [];
  // `::ffff:10.0.0.1` is an IPv4 client.
  if (behind.at(-1)?.includes('.')) return behind.at(-1) ?? address;
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - groups.length - behind.length }, () => '0');
  return `${[...groups, ...zeros, ...behind].slice(0, 4).join(':')}::/64`;
}

function waitText(ms: number): string {
  const minutes = Math.ceil(ms / 60_000);
  return ms < 60_000 ? `${Math.ceil(ms / 1000)} seconds` : `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
}
