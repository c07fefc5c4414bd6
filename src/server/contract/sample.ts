/** The sample of those whom no arm found, by which a study tells how many cases its search missed. */
import { z } from 'zod';
import { ofStudy, ofSubject, route } from './route.ts';

export const sampleView = z.object({
  sample: z
    .object({
      size: z.int(),
      seed: z.string(),
      among: z.string().nullable(),
      at: z.string(),
      actor: z.string(),
      refused: z.int().describe('Who refused since; they are not listed'),
      persons: z.array(
        z.object({
          subject: z.string(),
          person: z.string(),
          isCase: z.boolean().nullable().describe('null: not read'),
          reviewer: z.string().nullable().describe('Whose word it is; to those who are blinded none but their own'),
        }),
      ),
    })
    .nullable(),
  named: z.array(z.string()).describe('The named criteria to which a sample may be restricted'),
});
export type SampleView = z.infer<typeof sampleView>;

export const sampleRoutes = {
  sample: route({
    id: 'sample',
    method: 'get',
    path: '/studies/{study}/cohort/sample',
    summary: 'The random sample of those whom no arm found',
    access: { study: 'cohort.view' },
    params: ofStudy,
    response: sampleView,
  }),
  drawSample: route({
    id: 'drawSample',
    method: 'post',
    path: '/studies/{study}/cohort/sample',
    summary: 'Draw a sample of those whom no arm found; the same seed draws the same persons',
    access: { study: 'cohort.change' },
    params: ofStudy,
    body: z.object({
      size: z.int().min(1).max(100_000),
      seed: z.string().trim().min(1).max(100).optional(),
      among: z.string().max(200).optional(),
    }),
    response: sampleView,
  }),
  judgeSampled: route({
    id: 'judgeSampled',
    method: 'post',
    path: '/studies/{study}/cohort/sample/{subject}/verdict',
    summary:
      'Say whether a person of the sample is a case that was missed, with what it rests on; the last word counts',
    access: { study: 'cohort.change' },
    params: ofSubject,
    body: z.object({
      isCase: z.boolean(),
      quotations: z
        .array(z.object({ note: z.string().min(1).max(500), quote: z.string().min(1).max(10_000) }))
        .max(20)
        .describe('Sentences of notes, word by word'),
      records: z.array(z.string().min(1).max(500)).max(20).describe('Rows of the records, by their source id'),
    }),
    response: sampleView,
  }),
};
