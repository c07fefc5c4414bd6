/** The audit trails: of the workspace (who came in, who may do what) and of each study. */
import { z } from 'zod';
import { ofStudy, pageOf, pageQuery, route } from './route.ts';

const auditFilter = z.object({
  actor: z.string().max(100).optional().describe('Who did it: the whole name'),
  action: z.string().max(100).optional().describe('What was done: its name, or the beginning of it up to a dot'),
  subject: z.string().max(200).optional().describe('Whom or what it was done to: the whole id'),
  from: z.iso.date().optional().describe('The first day, in UTC'),
  to: z.iso.date().optional().describe('The last day, in UTC'),
});
const exportQuery = auditFilter.extend({ format: z.enum(['csv', 'ndjson']).default('csv') });
const verdictQuery = z.object({
  head: z
    .string()
    .regex(/^\d{1,15}:[0-9a-f]{64}$/)
    .optional()
    .describe('A head of before, against which the trail is held'),
});
const exported = { file: ['text/csv', 'application/x-ndjson'] } as const;

export const auditRow = z.object({
  seq: z.int(),
  at: z.string(),
  actor: z.string(),
  action: z.string(),
  subject: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()).describe('Ids, counts and hashes'),
  hash: z.string(),
});

export const auditVerdict = z.object({
  ok: z.boolean(),
  rows: z.int(),
  firstBroken: z.int().nullable().describe('The first row that is not as it was written, or is gone'),
  head: z.string().describe('ROW:HASH, to be kept elsewhere: held against it, a trail shows whether rows were cut off'),
});

export const auditRoutes = {
  workspaceAudit: route({
    id: 'workspaceAudit',
    method: 'get',
    path: '/audit',
    summary: 'The audit trail of the workspace, newest first',
    access: { workspace: 'workspace.audit' },
    query: auditFilter.extend(pageQuery.shape),
    response: pageOf(auditRow),
  }),
  exportWorkspaceAudit: route({
    id: 'exportWorkspaceAudit',
    method: 'get',
    path: '/audit/export',
    summary: 'The audit trail of the workspace as a file, oldest first; the export is in the trail itself',
    access: { workspace: 'workspace.audit' },
    query: exportQuery,
    response: exported,
  }),
  verifyWorkspaceAudit: route({
    id: 'verifyWorkspaceAudit',
    method: 'get',
    path: '/audit/verdict',
    summary: 'Whether the chain of the workspace’s audit trail holds',
    access: { workspace: 'workspace.audit' },
    query: verdictQuery,
    response: auditVerdict,
  }),
  studyAudit: route({
    id: 'studyAudit',
    method: 'get',
    path: '/studies/{study}/audit',
    summary: 'The audit trail of a study, newest first',
    access: { study: 'study.audit' },
    params: ofStudy,
    query: auditFilter.extend(pageQuery.shape),
    response: pageOf(auditRow),
  }),
  exportStudyAudit: route({
    id: 'exportStudyAudit',
    method: 'get',
    path: '/studies/{study}/audit/export',
    summary: 'The audit trail of a study as a file, oldest first; the export is in the trail itself',
    access: { study: 'study.audit' },
    params: ofStudy,
    query: exportQuery,
    response: exported,
  }),
  verifyStudyAudit: route({
    id: 'verifyStudyAudit',
    method: 'get',
    path: '/studies/{study}/audit/verdict',
    summary: 'Whether the chain of a study’s audit trail holds',
    access: { study: 'study.audit' },
    params: ofStudy,
    query: verdictQuery,
    response: auditVerdict,
  }),
};
