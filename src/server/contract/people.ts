/** People: accounts, roles in the workspace and in a study. */
import { z } from 'zod';
import { ofStudy, pageOf, pageQuery, route, studyId } from './route.ts';
import { login, personName, studyRoles, workspaceRoles } from './session.ts';

const workspaceRole = z.enum(workspaceRoles);
const studyRole = z.enum(studyRoles);
export const personId = z.string().regex(/^[0-9a-f-]{36}$/);
const ofPerson = z.object({ person: personId });

export const personView = z.object({
  id: personId,
  login: z.string(),
  name: z.string(),
  status: z.enum(['active', 'disabled']),
  isInvited: z.boolean().describe('They have not come in yet'),
  workspaceRoles: z.array(workspaceRole),
  studies: z.array(z.object({ study: studyId, roles: z.array(studyRole) })),
  lastSeenAt: z.string().nullable(),
});

/** A link that works once, shown once. */
export const linkView = z.object({
  path: z.string().describe('Below the address of the server: /link#TOKEN'),
  expiresAt: z.string(),
});

/** Somebody with a role in a study. */
export const studyPersonView = z.object({
  id: personId,
  login: z.string(),
  name: z.string(),
  status: z.enum(['active', 'disabled']),
  roles: z.array(studyRole),
});

export const peopleRoutes = {
  people: route({
    id: 'people',
    method: 'get',
    path: '/people',
    summary: 'Everybody with an account, by login',
    access: { workspace: 'people.manage' },
    query: pageQuery,
    response: pageOf(personView),
  }),
  invitePerson: route({
    id: 'invitePerson',
    method: 'post',
    path: '/people',
    summary: 'Make an account, and the link with which its owner chooses a password',
    access: { workspace: 'people.manage' },
    body: z.object({
      login,
      name: personName,
      workspaceRoles: z.array(workspaceRole).max(10).default([]),
      studies: z
        .array(z.object({ study: studyId, roles: z.array(studyRole).max(10) }))
        .max(100)
        .default([]),
    }),
    response: z.object({ person: personView, link: linkView }),
  }),
  makePersonLink: route({
    id: 'makePersonLink',
    method: 'post',
    path: '/people/{person}/link',
    summary: 'A new link: to choose a password, or another one; it opens a login that is locked. Links before it end',
    access: { workspace: 'people.manage' },
    params: ofPerson,
    response: linkView,
  }),
  setPersonStatus: route({
    id: 'setPersonStatus',
    method: 'put',
    path: '/people/{person}/status',
    summary: 'Disable an account, which ends its sessions and links, or enable it again',
    access: { workspace: 'people.manage' },
    params: ofPerson,
    body: z.object({ status: z.enum(['active', 'disabled']) }),
    response: personView,
  }),
  grantWorkspaceRole: route({
    id: 'grantWorkspaceRole',
    method: 'put',
    path: '/people/{person}/roles/{role}',
    summary: 'Give a role in the workspace',
    access: { workspace: 'people.manage' },
    params: ofPerson.extend({ role: workspaceRole }),
    response: personView,
  }),
  revokeWorkspaceRole: route({
    id: 'revokeWorkspaceRole',
    method: 'delete',
    path: '/people/{person}/roles/{role}',
    summary: 'Take a role in the workspace; not from the last administrator',
    access: { workspace: 'people.manage' },
    params: ofPerson.extend({ role: workspaceRole }),
    response: personView,
  }),
  grantRoleInStudy: route({
    id: 'grantRoleInStudy',
    method: 'put',
    path: '/people/{person}/studies/{study}/roles/{role}',
    summary: 'Give a role in a study, as an administrator: the first owner of a study gets it so',
    access: { workspace: 'people.manage' },
    params: ofPerson.extend({ study: studyId, role: studyRole }),
    response: personView,
  }),
  revokeRoleInStudy: route({
    id: 'revokeRoleInStudy',
    method: 'delete',
    path: '/people/{person}/studies/{study}/roles/{role}',
    summary: 'Take a role in a study, as an administrator',
    access: { workspace: 'people.manage' },
    params: ofPerson.extend({ study: studyId, role: studyRole }),
    response: personView,
  }),
  studyPeople: route({
    id: 'studyPeople',
    method: 'get',
    path: '/studies/{study}/people',
    summary: 'Who has a role in the study',
    access: { study: 'study.people' },
    params: ofStudy,
    response: z.object({ items: z.array(studyPersonView) }),
  }),
  grantStudyRole: route({
    id: 'grantStudyRole',
    method: 'post',
    path: '/studies/{study}/people',
    summary: 'Give somebody with an account a role in the study',
    access: { study: 'study.people' },
    params: ofStudy,
    body: z.object({ login, role: studyRole }),
    response: studyPersonView,
  }),
  revokeStudyRole: route({
    id: 'revokeStudyRole',
    method: 'delete',
    path: '/studies/{study}/people/{person}/roles/{role}',
    summary: 'Take a role in the study',
    access: { study: 'study.people' },
    params: ofStudy.extend({ person: personId, role: studyRole }),
    response: studyPersonView,
  }),
};
