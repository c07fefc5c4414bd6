/** The protocol of a study: what is in force, its versions, what a new one would change, and putting it into force. */
import { z } from 'zod';
import { jobBegun } from './jobs.ts';
import { ofStudy, problemSchema, route } from './route.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const labelled = z.object({ id: z.string(), label: z.string(), text: z.string().describe('As people read it') });

export const protocolSummary = z.object({
  title: z.string(),
  question: z.string().nullable(),
  version: z.string(),
  period: z.object({ start: z.string(), end: z.string() }),
  authorization: z.string().describe('Whose records may be used, in words'),
  concepts: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      codes: z.array(z.string()),
      drugs: z.array(z.string()),
      terms: z.array(z.string()),
    }),
  ),
  criteria: z.array(labelled),
  arms: z.array(labelled),
  exclusions: z.array(labelled.extend({ by: z.enum(['rule', 'reviewer']) })),
  review: z.object({
    screening: z.string(),
    abstractors: z.int(),
    doubleShare: z.number(),
    blinded: z.boolean(),
  }),
  instruments: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      repeats: z.boolean(),
      fields: z.array(
        z.object({
          id: z.string(),
          label: z.string(),
          type: z.string(),
          unit: z.string().nullable(),
          choices: z.array(z.string()),
          required: z.boolean(),
          evidence: z.string(),
          visible: z.string().nullable(),
        }),
      ),
    }),
  ),
  outcomes: z.array(labelled).describe('Treatments, response, adverse events, variables'),
  prints: z.array(labelled.extend({ kind: z.enum(['table', 'figure', 'statistic']) })),
});

export const protocolView = z.object({
  sha256: sha256.describe('Of the file in force: the revision that a new version replaces'),
  version: z.string(),
  yaml: z.string(),
  summary: protocolSummary,
  isRunStale: z.boolean().describe('The candidates were identified by another version, or never'),
});

export const protocolVersionView = z.object({
  sha256,
  version: z.string(),
  addedAt: z.string(),
  by: z.string().nullable().describe('Who put it into force last'),
  isInForce: z.boolean(),
});

const body = z.object({ yaml: z.string().min(1).max(2_000_000) });

/** A number of the results before and after; null where there is none. */
const movedNumber = z.object({
  kind: z.string(),
  name: z.string(),
  label: z.string(),
  was: z.string().nullable(),
  is: z.string().nullable(),
});

/** The result of the job that `protocolImpact` begins. */
export const protocolImpact = z.object({
  from: z.object({ version: z.string(), sha256 }),
  to: z.object({ version: z.string(), sha256 }),
  fields: z
    .array(
      z.object({
        instrument: z.string(),
        field: z.string().nullable().describe('null: the instrument as a whole'),
        change: z.enum(['added', 'removed', 'changed']),
        what: z.array(z.string()).describe('What of it: type, visible, validate, ...'),
      }),
    )
    .describe('Fields and instruments that are not as they were'),
  reopens: z.array(
    z.object({
      subject: z.string(),
      items: z.array(z.object({ instrument: z.string(), row: z.string(), field: z.string(), why: z.string() })),
    }),
  ),
  closes: z.array(z.string()).describe('Charts in which nothing is open any more'),
  cohort: z.object({
    moved: z.array(
      z.object({
        subject: z.string().nullable().describe('null: somebody who has no number yet'),
        from: z.string(),
        to: z.string(),
        why: z.array(z.string()),
      }),
    ),
    stayed: z.int(),
    notAuthorized: z.object({ in: z.int(), out: z.int() }),
  }),
  numbers: z.array(movedNumber),
});
export type ProtocolImpactView = z.infer<typeof protocolImpact>;

export const protocolRoutes = {
  protocol: route({
    id: 'protocol',
    method: 'get',
    path: '/studies/{study}/protocol',
    summary: 'The protocol in force: to be read, and as it is written',
    access: { study: 'protocol.view' },
    params: ofStudy,
    response: protocolView,
  }),
  protocolVersions: route({
    id: 'protocolVersions',
    method: 'get',
    path: '/studies/{study}/protocol/versions',
    summary: 'Every version that was ever in force, the newest first',
    access: { study: 'protocol.view' },
    params: ofStudy,
    response: z.object({ items: z.array(protocolVersionView) }),
  }),
  protocolVersion: route({
    id: 'protocolVersion',
    method: 'get',
    path: '/studies/{study}/protocol/versions/{version}',
    summary: 'A version as it was written',
    access: { study: 'protocol.view' },
    params: ofStudy.extend({ version: sha256 }),
    response: z.object({ sha256, version: z.string(), yaml: z.string() }),
  }),
  checkProtocol: route({
    id: 'checkProtocol',
    method: 'post',
    path: '/studies/{study}/protocol/check',
    summary: 'Every mistake of a draft, at its line and column',
    access: { study: 'protocol.change' },
    params: ofStudy,
    body,
    response: z.object({
      version: z.string().nullable().describe('null while there are mistakes'),
      problems: problemSchema.shape.problems.unwrap(),
    }),
  }),
  impactOfProtocol: route({
    id: 'impactOfProtocol',
    method: 'post',
    path: '/studies/{study}/protocol/impact',
    summary: 'What a draft would change, while nothing changes: a job',
    access: { study: 'protocol.change' },
    params: ofStudy,
    body,
    response: jobBegun,
  }),
  changeProtocol: route({
    id: 'changeProtocol',
    method: 'put',
    path: '/studies/{study}/protocol',
    summary: 'Put a version into force; If-Match is the SHA-256 of the one in force',
    access: { study: 'protocol.change' },
    params: ofStudy,
    body,
    response: protocolView,
    locking: true,
  }),
};
