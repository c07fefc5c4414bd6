/** Secrets that are given out once and kept as their hash: of sessions and of links. */
import { randomBytes } from 'node:crypto';
import { sha256 } from '../../base/index.ts';

/** 32 random bytes, in characters that a URL and a cookie take. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a token: who reads the database cannot use it. */
export function tokenHash(token: string): string {
  return sha256(`chartproof token ${token}`);
}
