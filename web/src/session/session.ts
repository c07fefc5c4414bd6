/** Who is signed in, and what they may do. The server decides; this only keeps from offering what it would refuse. */
import { useQueryClient } from '@tanstack/react-query';
import { createContext, use } from 'react';
import {
  contract,
  type SessionView,
  type StudyPermission,
  type WorkspacePermission,
} from '../../../src/server/contract/index.ts';
import { queryKeyOf, useRoute } from '../api/index.ts';

/** The session of somebody who is signed in. */
export type SignedInSession = SessionView & { readonly person: NonNullable<SessionView['person']> };

/** The session, asked for again when its time may be over. */
export function useSession() {
  return useRoute(contract.session, undefined, {
    staleTime: 60_000,
    refetchInterval: ({ state }) => (state.data?.person ? untilEnd(state.data, state.dataUpdatedAt) : false),
  });
}

/** Milliseconds until a session may have ended for want of calls; a call in between makes this one come too early, which does no harm. */
function untilEnd({ idleMinutes, endsAt }: SessionView, askedAt: number): number {
  const idleEnd = askedAt + idleMinutes * 60_000;
  const end = endsAt === null ? idleEnd : Math.min(idleEnd, Date.parse(endsAt));
  // A timer of a browser counts to 2^31 ms; beyond it would go off at once.
  return Math.min(Math.max(end - Date.now(), 10_000) + 2_000, 86_400_000);
}

/** Puts what signing in or out answered in the place of what was known of the session. */
export function useSetSession(): (session: SessionView) => void {
  const queries = useQueryClient();
  return (session) => {
    queries.setQueryData(queryKeyOf(contract.session), session);
    // What was refused while nobody was signed in is asked for again.
    void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] !== contract.session.id });
  };
}

/** Given by `Gate` to what it lets in. */
export const SignedIn = createContext<SignedInSession | undefined>(undefined);

/** The session of whoever the page is shown to; while it has ended and they are asked to sign in again, what it was. */
export function useSignedIn(): SignedInSession {
  const session = use(SignedIn);
  if (!session) throw new Error('Only what stands behind the gate is of somebody');
  return session;
}

/** What whoever is signed in may do: in the workspace, or in a study. */
export function useMay(): {
  readonly inWorkspace: (permission: WorkspacePermission) => boolean;
  readonly inStudy: (study: string, permission: StudyPermission) => boolean;
  readonly knowsStudy: (study: string) => boolean;
} {
  const { permissions, studies } = useSignedIn();
  return {
    inWorkspace: (permission) => permissions.includes(permission),
    inStudy: (study, permission) => studies.some((one) => one.study === study && one.permissions.includes(permission)),
    knowsStudy: (study) => studies.some((one) => one.study === study),
  };
}
