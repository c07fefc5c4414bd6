/** Who is signed in, and what they may do. The server decides; this only keeps from offering what it would refuse. */
import { useQueryClient } from '@tanstack/react-query';
import {
  contract,
  type SessionView,
  type StudyPermission,
  type WorkspacePermission,
} from '../../../src/server/contract/index.ts';
import { queryKeyOf, useRoute } from '../api/index.ts';

/** Somebody who is signed in. */
export type Person = NonNullable<SessionView['person']>;

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
  return Math.max(end - Date.now(), 10_000) + 2_000;
}

/** Puts what signing in or out answered in the place of what was known of the session. */
export function useSetSession(): (session: SessionView) => void {
  const queries = useQueryClient();
  return (session) => queries.setQueryData(queryKeyOf(contract.session), session);
}

/** What whoever is signed in may do: in the workspace, or in a study. */
export function useMay(): {
  readonly inWorkspace: (permission: WorkspacePermission) => boolean;
  readonly inStudy: (study: string, permission: StudyPermission) => boolean;
  readonly knowsStudy: (study: string) => boolean;
} {
  const { data } = useSession();
  return {
    inWorkspace: (permission) => data?.permissions.includes(permission) ?? false,
    inStudy: (study, permission) =>
      data?.studies.some((s) => s.study === study && s.permissions.includes(permission)) ?? false,
    knowsStudy: (study) => data?.studies.some((s) => s.study === study) ?? false,
  };
}
