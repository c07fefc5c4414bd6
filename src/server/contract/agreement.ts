/** How well abstractors agreed before anybody adjudicated. */
import { z } from 'zod';
import { ofStudy, route } from './route.ts';

/** A coefficient with its 95 % interval; null where the kind of field has none, or there is nothing to compute from. */
const coefficient = z.object({ value: z.number(), low: z.number().nullable(), high: z.number().nullable() }).nullable();

export const fieldAgreement = z.object({
  instrument: z.string(),
  field: z.string(),
  label: z.string(),
  guidance: z.string().nullable().describe('What the protocol tells abstractors of the field'),
  type: z.string(),
  n: z.int().describe('Pairs of answers'),
  differing: z.int(),
  agreed: z.number().describe('Share, 0 to 1'),
  kappa: coefficient,
  weightedKappa: coefficient.describe('Of choices that are a scale'),
  ac1: coefficient,
  icc: coefficient.describe('Of numbers'),
  warnings: z.array(z.string()).describe('What makes a coefficient misleading here'),
});

const group = z.object({
  n: z.int(),
  differing: z.int(),
  agreed: z.number(),
});

export const agreementView = z.object({
  fields: z.array(fieldAgreement),
  pairs: z
    .array(group.extend({ first: z.string(), second: z.string(), charts: z.int() }))
    .describe('By pair of abstractors'),
  months: z.array(group.extend({ month: z.string().describe('2024-02: when the later of the two spoke') })),
});

export const agreementRoutes = {
  agreement: route({
    id: 'agreement',
    method: 'get',
    path: '/studies/{study}/review/agreement',
    summary: 'Agreement by field with intervals, by pair of abstractors, and over time',
    access: { study: 'agreement.view' },
    params: ofStudy,
    response: agreementView,
  }),
};
