/** Studies: the list, the overview, making one. */
import { z } from 'zod';
import { ofStudy, route, studyId } from './route.ts';
import { studyRoles } from './session.ts';

export const studySummary = z.object({
  study: studyId,
  title: z.string(),
  version: z.string().describe('Of the protocol in force'),
  roles: z.array(z.enum(studyRoles)).describe('Of whoever asks'),
});

/** How far a stage is, in charts; `mine` of whoever asks. Who is blinded is told of their own alone. */
const stageProgress = z.object({
  done: z.int(),
  open: z.int(),
  mine: z.object({ done: z.int(), open: z.int() }).describe('`open` waits for whoever asks'),
});

export const studyOverview = studySummary.extend({
  cohort: z
    .object({ identifiedAt: z.string(), snapshot: z.string(), candidates: z.int(), isStale: z.boolean() })
    .nullable()
    .describe('null: the candidates are not identified; `isStale`: by another version of the protocol'),
  stages: z
    .object({
      screening: stageProgress,
      abstraction: stageProgress,
      adjudication: stageProgress.nullable().describe('null: whoever asks is blinded'),
    })
    .nullable(),
  people: z
    .array(z.object({ name: z.string(), screened: z.int(), abstracted: z.int(), lastAt: z.string().nullable() }))
    .describe('Empty for those who may not know what others do'),
  lastRelease: z.object({ id: z.string(), at: z.string() }).nullable(),
  isBlinded: z.boolean().describe('Whoever asks does not see what others entered, nor the arm'),
});

export const studyRoutes = {
  studies: route({
    id: 'studies',
    method: 'get',
    path: '/studies',
    summary: 'The studies in which whoever asks has a role',
    access: 'signed-in',
    response: z.object({ items: z.array(studySummary) }),
  }),
  study: route({
    id: 'study',
    method: 'get',
    path: '/studies/{study}',
    summary: 'A study and its progress',
    access: { study: 'study.view' },
    params: ofStudy,
    response: studyOverview,
  }),
  createStudy: route({
    id: 'createStudy',
    method: 'post',
    path: '/studies',
    summary: 'Make a study of a protocol; whoever makes it owns it',
    access: { workspace: 'study.create' },
    body: z.object({ yaml: z.string().min(1).max(2_000_000) }),
    response: studySummary,
  }),
};
