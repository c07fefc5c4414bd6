/** Accounts and roles: `contract/people.ts`. A role in a study is told of in the study's own audit trail too. */
import type { z } from 'zod';
import { appendAudit } from '../../workspace/index.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { makePersonLink } from '../accounts/links.ts';
import { disablePerson, enablePerson, findPerson, invite, listPeople, type Person } from '../accounts/people.ts';
import { type Change, grantRole, type Role, revokeRole } from '../accounts/roles.ts';
import type { SignedIn } from '../accounts/signed-in.ts';
import type { peopleRoutes, personView, studyPersonView } from '../contract/people.ts';
import type { StudyRole } from '../contract/session.ts';
import type { Handlers } from '../http/handler.ts';
import type { Server } from '../server.ts';
import { withStudyTrail } from './study-trail.ts';

export const peopleHandlers: Handlers<keyof typeof peopleRoutes> = {
  people: ({ server: { accounts }, query: { cursor, limit } }) => {
    const found = listPeople(accounts, cursor, limit + 1);
    const items = found.slice(0, limit).map(toView);
    return { items, next: found.length > limit ? (items.at(-1)?.login ?? null) : null };
  },
  invitePerson: ({ server, body, who, at }) => {
    const { accounts } = server;
    const change = changeOf(who, at);
    const ofStudies = body.studies.flatMap(({ study, roles }) => roles.map((role) => ({ study, role })));
    return accounts.database.transaction(() => {
      const roles = body.workspaceRoles.map((role) => ({ role }));
      const { id, link } = invite(accounts, { login: body.login, name: body.name, roles }, change);
      for (const role of ofStudies) changeStudyRole(server, id, role, grantRole, change);
      return { person: viewOf(accounts, id), link };
    });
  },
  makePersonLink: ({ server, params, who, at }) => makePersonLink(server.accounts, params.person, changeOf(who, at)),
  setPersonStatus: ({ server: { accounts }, params: { person }, body, who, at }) => {
    const set = body.status === 'active' ? enablePerson : disablePerson;
    set(accounts, person, changeOf(who, at));
    return viewOf(accounts, person);
  },
  grantWorkspaceRole: ({ server: { accounts }, params: { person, role }, who, at }) => {
    grantRole(accounts, person, { role }, changeOf(who, at));
    return viewOf(accounts, person);
  },
  revokeWorkspaceRole: ({ server: { accounts }, params: { person, role }, who, at }) => {
    revokeRole(accounts, person, { role }, changeOf(who, at));
    return viewOf(accounts, person);
  },
  grantRoleInStudy: ({ server, params: { person, study, role }, who, at }) => {
    changeStudyRole(server, person, { study, role }, grantRole, changeOf(who, at));
    return viewOf(server.accounts, person);
  },
  revokeRoleInStudy: ({ server, params: { person, study, role }, who, at }) => {
    changeStudyRole(server, person, { study, role }, revokeRole, changeOf(who, at));
    return viewOf(server.accounts, person);
  },
  studyPeople: ({ server, params: { study } }) => ({
    items: listPeople(server.accounts)
      .filter(({ roles }) => roles.studies.has(study))
      .map((person) => toStudyView(person, study)),
  }),
  grantStudyRole: ({ server, params: { study }, body: { login, role }, who, at }) => {
    const { id } = findPerson(server.accounts, { login });
    changeStudyRole(server, id, { study, role }, grantRole, changeOf(who, at));
    return toStudyView(findPerson(server.accounts, { id }), study);
  },
  revokeStudyRole: ({ server, params: { study, person, role }, who, at }) => {
    changeStudyRole(server, person, { study, role }, revokeRole, changeOf(who, at));
    return toStudyView(findPerson(server.accounts, { id: person }), study);
  },
};

function changeOf({ person }: SignedIn, at: string): Change {
  return { actor: person.login, at };
}

/** The role is changed where both trails tell of it, and else not. */
function changeStudyRole(
  { accounts, workspace }: Server,
  person: string,
  role: Role & { readonly study: string },
  change: (accounts: Accounts, person: string, role: Role, change: Change) => boolean,
  { actor, at }: Change,
): void {
  accounts.database.transaction(() => {
    withStudyTrail(workspace, role.study, (trail) => {
      if (!change(accounts, person, role, { actor, at })) return;
      const action = change === grantRole ? 'people.grant' : 'people.revoke';
      const { login } = findPerson(accounts, { id: person });
      appendAudit(trail, { at, actor, action, subject: login, detail: { role: role.role } });
    });
  });
}

function viewOf(accounts: Accounts, id: string): z.infer<typeof personView> {
  return toView(findPerson(accounts, { id }));
}

function toView({ roles, ...person }: Person): z.infer<typeof personView> {
  const studies = [...roles.studies].map(([study, own]) => ({ study, roles: [...own] }));
  return { ...person, workspaceRoles: [...roles.workspace], studies };
}

function toStudyView({ id, login, name, status, roles }: Person, study: string): z.infer<typeof studyPersonView> {
  const own: readonly StudyRole[] = roles.studies.get(study) ?? [];
  return { id, login, name, status, roles: [...own] };
}
