/** Passwords are kept as argon2id hashes, each with a salt of its own. Rule R2 of SPEC.md. */
import { hash, verify } from '@node-rs/argon2';
import { once } from '../../base/index.ts';
import type { AccountsDatabase } from './accounts-database.ts';
import { newToken } from './tokens.ts';

/** The first choice of the OWASP Password Storage Cheat Sheet with one thread: 19 MiB, 2 passes. Argon2id is the default. */
const OWASP = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Of a password that nobody knows. */
const nobodysHash = once(() => hash(newToken(), OWASP));

export function hashPassword(password: string): Promise<string> {
  return hash(password, OWASP);
}

/** Whether this is the password. As much work where there is none to compare with, so that time tells nothing. */
export async function isPassword(given: string, kept: string | undefined): Promise<boolean> {
  const nobodys = await nobodysHash();
  const matches = await verify(kept ?? nobodys, given);
  return matches && kept !== undefined;
}

/** The hash of the password that holds; `undefined` of somebody who has none. */
export function passwordHashOf({ all, db }: AccountsDatabase, person: string): string | undefined {
  const newest = db.selectFrom('credential').select('hash').where('person', '=', person).orderBy('id', 'desc').limit(1);
  return all(newest)[0]?.hash;
}

/** Keeps a new hash; those before stay. */
export function keepPasswordHash({ run, db }: AccountsDatabase, person: string, hash: string, at: string): void {
  run(db.insertInto('credential').values({ person, hash, set_at: at }));
}
