import type { Generated } from 'kysely';
import type { AuditTable } from '../../workspace/index.ts';

/** The tables of `accounts.sqlite`, as Kysely types them. Times are ISO 8601; a token is kept as its SHA-256 alone. */
export interface AccountsTables {
  /** Nobody is ever removed: the audit trails name them. */
  readonly person: { id: string; login: string; name: string; status: 'active' | 'disabled'; created_at: string };
  /** The argon2id hash of a password; the newest of a person holds. Append-only. */
  readonly credential: { id: Generated<number>; person: string; hash: string; set_at: string };
  /** An account at an OpenID provider, as the provider names it. */
  readonly external_identity: { issuer: string; subject: string; person: string; linked_at: string };
  readonly session: SessionTable;
  readonly link: LinkTable;
  readonly role_change: RoleChangeTable;
  readonly attempt: AttemptTable;
  readonly audit: AuditTable;
}

export interface SessionTable {
  token_hash: string;
  person: string;
  csrf: string;
  created_at: string;
  /** The last call, to within a sixtieth of the idle time. */
  seen_at: string;
  ended_at: string | null;
}

/** A link that works once: it was used or taken back where it has ended. */
export interface LinkTable {
  token_hash: string;
  purpose: 'set-up' | 'invitation' | 'reset';
  /** Whom it is for; null for the set-up. */
  person: string | null;
  created_at: string;
  expires_at: string;
  ended_at: string | null;
}

/** A role given or taken; the newest of a person, a study and a role holds. Append-only. */
export interface RoleChangeTable {
  id: Generated<number>;
  person: string;
  /** null: in the workspace. */
  study: string | null;
  role: string;
  change: 'granted' | 'revoked';
  by: string;
  at: string;
}

/** Somebody tried to come in. Kept a day, for the rate limit and the lock-out. */
export interface AttemptTable {
  id: Generated<number>;
  at_ms: number;
  address: string;
  /** SHA-256: a password typed in the wrong box is not kept. */
  login_hash: string;
  /** 1 from the beginning until it turns out well, so that attempts at the same time all count. */
  failed: number;
}
