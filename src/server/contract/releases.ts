/** What leaves: the disclosure check, releases, their bundles and the proof of them. */
import { z } from 'zod';
import { jobBegun } from './jobs.ts';
import { resultFacts } from './results.ts';
import { ofStudy, route } from './route.ts';

/** A place of a release that may tell who somebody is. */
export const disclosureWarning = z.object({
  code: z.string(),
  place: z.string(),
  text: z.string().describe('Counts, and words of the protocol'),
});

export const disclosureView = z.object({
  facts: resultFacts,
  open: z.array(disclosureWarning),
  accepted: z.array(disclosureWarning.extend({ reason: z.string(), by: z.string() })),
});

export const releaseId = z.string().regex(/^[0-9a-f]{12}$/);
const ofRelease = ofStudy.extend({ release: releaseId });

export const releaseView = z.object({
  id: releaseId,
  at: z.string(),
  by: z.string(),
  protocolVersion: z.string(),
  snapshot: z.string(),
  lock: z.string(),
  isThere: z.boolean().describe('false: its folder was removed'),
  isCurrent: z.boolean().describe('Whether it says what the results say now'),
  files: z.int(),
  seal: z.string().nullable().describe('What a paper prints, so that a reader knows the bundle'),
});

export const releaseProof = z.object({
  ok: z.boolean(),
  isAsReleased: z.boolean().describe('Whether it is what the audit trail says was released'),
  seal: z.string().nullable(),
  checked: z.array(z.string()),
  notes: z.array(z.string()).describe('What could not be proved, and why'),
  problems: z.array(z.object({ place: z.string().describe('A file of it'), message: z.string() })),
});
export type ReleaseProof = z.infer<typeof releaseProof>;

/** The result of the job that `makeRelease` begins. */
export const releaseMade = z.object({ release: releaseId });

export const releaseRoutes = {
  disclosure: route({
    id: 'disclosure',
    method: 'get',
    path: '/studies/{study}/results/disclosure',
    summary: 'The warnings of the disclosure check, open and accepted',
    access: { study: 'results.view' },
    params: ofStudy,
    response: disclosureView,
  }),
  acceptDisclosure: route({
    id: 'acceptDisclosure',
    method: 'post',
    path: '/studies/{study}/results/disclosure',
    summary: 'Accept open warnings, as they were read, for a reason that stays in the release',
    access: { study: 'results.change' },
    params: ofStudy,
    body: z.object({
      warnings: z.array(disclosureWarning).min(1).max(10_000),
      reason: z.string().trim().min(1).max(1000),
    }),
    response: disclosureView,
  }),
  releases: route({
    id: 'releases',
    method: 'get',
    path: '/studies/{study}/releases',
    summary: 'What was released, the newest first',
    access: { study: 'results.view' },
    params: ofStudy,
    response: z.object({ items: z.array(releaseView) }),
  }),
  makeRelease: route({
    id: 'makeRelease',
    method: 'post',
    path: '/studies/{study}/releases',
    summary: 'Lock the review and write the release: a job whose result is its id',
    access: { study: 'release.make' },
    params: ofStudy,
    body: z.object({
      acceptChanges: z
        .string()
        .trim()
        .min(1)
        .max(1000)
        .optional()
        .describe('Why numbers of the text may be others than those approved'),
    }),
    response: jobBegun,
  }),
  releaseBundle: route({
    id: 'releaseBundle',
    method: 'get',
    path: '/studies/{study}/releases/{release}/bundle',
    summary: 'A release as one file; kept in the audit trail',
    access: { study: 'release.download' },
    params: ofRelease,
    response: { file: ['application/zip'] },
  }),
  verifyRelease: route({
    id: 'verifyRelease',
    method: 'post',
    path: '/studies/{study}/releases/{release}/proof',
    summary: 'Prove that a release is whole and follows from its data: a job',
    access: { study: 'release.download' },
    params: ofRelease,
    response: jobBegun,
  }),
};
