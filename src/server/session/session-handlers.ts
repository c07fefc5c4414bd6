/** Getting in and out: `contract/session.ts`. */
import type { Accounts } from '../accounts/accounts.ts';
import { hasPeople, openLink } from '../accounts/links.ts';
import { findPerson } from '../accounts/people.ts';
import { endSession } from '../accounts/sessions.ts';
import type { SignedIn } from '../accounts/signed-in.ts';
import { changePassword, redeemLink, signIn } from '../accounts/signing-in.ts';
import type { SessionView, sessionRoutes } from '../contract/session.ts';
import type { Handlers } from '../http/handler.ts';
import { studyPermissionsOf, workspacePermissionsOf } from '../permissions.ts';

export const sessionHandlers: Handlers<keyof typeof sessionRoutes> = {
  session: ({ server: { accounts }, who }) => viewOf(accounts, who),
  signIn: async ({ server: { accounts }, body, ...call }) => {
    const token = await signIn(accounts, body, call);
    call.setSession(token);
    return viewOf(accounts, accounts.signedIn(token, call.at));
  },
  signOut: ({ server: { accounts }, who, token, at, setSession }) => {
    if (token !== undefined) endSession(accounts, token, who.person.login, at, 'sign-out');
    setSession(undefined);
    return undefined;
  },
  readLink: ({ server: { accounts }, body, ...call }) => {
    const { purpose, person, expires_at } = openLink(accounts.database, body.token, call.at);
    const { login, name } = person === null ? { login: null, name: null } : findPerson(accounts, { id: person });
    return { purpose, login, name, expiresAt: expires_at };
  },
  useLink: async ({ server: { accounts }, body, ...call }) => {
    const token = await redeemLink(accounts, body, call);
    call.setSession(token);
    return viewOf(accounts, accounts.signedIn(token, call.at));
  },
  changePassword: async ({ server: { accounts }, body, who, ...call }) => {
    await changePassword(accounts, who.person, body, call);
    return undefined;
  },
};

function viewOf({ settings, database }: Accounts, who: SignedIn | undefined): SessionView {
  const roles = who?.roles ?? { workspace: [], studies: new Map() };
  return {
    person: who ? { ...who.person } : null,
    workspaceRoles: [...roles.workspace],
    permissions: [...workspacePermissionsOf(roles)],
    studies: [...roles.studies].map(([study, own]) => ({
      study,
      roles: [...own],
      permissions: [...studyPermissionsOf(roles, study)],
    })),
    csrf: who?.csrf ?? '',
    idleMinutes: settings.idleMinutes,
    endsAt: who?.endsAt ?? null,
    signIn: { local: true, openId: settings.openId ?? null, needsSetUp: !hasPeople(database) },
  };
}
