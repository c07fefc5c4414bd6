import type { Roles } from '../permissions.ts';

/** Somebody with a session that has not ended. */
export interface SignedIn {
  readonly person: { readonly id: string; readonly login: string; readonly name: string };
  readonly roles: Roles;
  /** What every call that changes something must carry as `X-CSRF-Token`. */
  readonly csrf: string;
  /** When the session ends in any case (ISO 8601). */
  readonly endsAt: string;
}
