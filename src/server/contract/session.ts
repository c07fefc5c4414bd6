/** Getting in: who is there, what they may do, and how they sign in and out. */
import { z } from 'zod';
import { route, studyPermissions, workspacePermissions } from './route.ts';

export const studyRoles = ['owner', 'abstractor', 'adjudicator', 'analyst', 'monitor'] as const;
export type StudyRole = (typeof studyRoles)[number];
export const workspaceRoles = ['administrator', 'steward'] as const;
export type WorkspaceRole = (typeof workspaceRoles)[number];

export const personName = z.string().trim().min(1).max(100).describe('As others read it, and the audit trail has it');
/** What somebody signs in with; kept in small letters. */
export const login = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._@+-]{0,99}$/);
export const password = z.string().min(12).max(200).describe('12 characters or more');

/** Who is signed in. */
export const sessionView = z.object({
  person: z.object({ id: z.string(), login: z.string(), name: z.string() }).nullable().describe('null: nobody'),
  workspaceRoles: z.array(z.enum(workspaceRoles)),
  permissions: z.array(z.enum(workspacePermissions)),
  studies: z.array(
    z.object({
      study: z.string(),
      roles: z.array(z.enum(studyRoles)),
      permissions: z.array(z.enum(studyPermissions)),
    }),
  ),
  csrf: z.string().describe('To be sent as X-CSRF-Token with every call that changes something'),
  idleMinutes: z.number().describe('After how long without a call the session ends'),
  endsAt: z.string().nullable().describe('When it ends in any case (ISO 8601)'),
  signIn: z.object({
    local: z.boolean(),
    openId: z.object({ label: z.string() }).nullable().describe('The provider whose accounts count'),
    needsSetUp: z
      .boolean()
      .describe('Nobody has an account yet: the set-up link of the first start makes the first one'),
  }),
});
export type SessionView = z.infer<typeof sessionView>;

export const sessionRoutes = {
  session: route({
    id: 'session',
    method: 'get',
    path: '/session',
    summary: 'Who is signed in, and what they may do',
    access: 'public',
    response: sessionView,
  }),
  signIn: route({
    id: 'signIn',
    method: 'post',
    path: '/session',
    summary: 'Sign in with a local account',
    access: 'public',
    body: z.object({ login, password: z.string().max(200) }),
    response: sessionView,
  }),
  signOut: route({
    id: 'signOut',
    method: 'delete',
    path: '/session',
    summary: 'Sign out',
    access: 'signed-in',
  }),
  readLink: route({
    id: 'readLink',
    method: 'post',
    path: '/session/link/read',
    summary: 'What a one-time link is for, and for whom; it stays good',
    access: 'public',
    body: z.object({ token: z.string().max(200) }),
    response: z.object({
      purpose: z.enum(['set-up', 'invitation', 'reset']),
      login: z.string().nullable().describe('The login that it is for; null: to be chosen'),
      name: z.string().nullable(),
      expiresAt: z.string(),
    }),
  }),
  useLink: route({
    id: 'useLink',
    method: 'post',
    path: '/session/link',
    summary: 'Choose name and password with the one-time link of an invitation or of the first start, and sign in',
    access: 'public',
    body: z.object({ token: z.string().max(200), login, name: personName, password }),
    response: sessionView,
  }),
  changePassword: route({
    id: 'changePassword',
    method: 'put',
    path: '/session/password',
    summary: 'Change the own password; all other sessions end',
    access: 'signed-in',
    body: z.object({ current: z.string().max(200), password }),
  }),
};
