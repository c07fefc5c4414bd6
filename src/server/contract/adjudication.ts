/** Settling what abstractors entered differently, and lifting a blinding. */
import { z } from 'zod';
import { answer, fieldName, rowKey } from './answers.ts';
import { ofStudy, ofSubject, route, subjectId } from './route.ts';
import { login } from './session.ts';

const given = z.object({
  reader: z.string().describe('A, B, ...: the same reader throughout the chart'),
  name: z.string().nullable().describe('null where whoever asks may not know'),
  answer: answer.nullable().describe('null: no answer, or no such row'),
  at: z.string().nullable(),
});

export const adjudicationItem = z.object({
  instrument: z.string(),
  row: z.string(),
  field: z.string().describe('Empty where the whole instrument is meant'),
  label: z.string(),
  why: z
    .enum(['difference', 'unanswered', 'invalid', 'no-rows', 'settled'])
    .describe('`settled`: an adjudicator has decided, and may decide anew'),
  revision: z.string().describe('What `adjudicate` sends as If-Match'),
  given: z.array(given),
  ruling: z
    .object({ answer, reason: z.string(), by: z.string(), at: z.string() })
    .nullable()
    .describe('What an adjudicator said last'),
});

export const adjudicationView = z.object({
  subject: subjectId,
  open: z.int().describe('Items that are not settled'),
  items: z.array(adjudicationItem),
});

export const unmasking = z.object({
  person: z.string().describe('Who sees it since, by login'),
  by: z.string(),
  reason: z.string(),
  at: z.string(),
});

export const adjudicationRoutes = {
  adjudication: route({
    id: 'adjudication',
    method: 'get',
    path: '/studies/{study}/review/charts/{subject}/adjudication',
    summary: 'What abstractors of a chart entered differently, side by side',
    access: { study: 'review.adjudicate' },
    params: ofSubject,
    response: adjudicationView,
  }),
  adjudicate: route({
    id: 'adjudicate',
    method: 'put',
    path: '/studies/{study}/review/charts/{subject}/ruling',
    summary: 'Decide one field: one of the answers or a third, and why',
    access: { study: 'review.adjudicate' },
    params: ofSubject,
    body: z.object({
      instrument: fieldName,
      row: rowKey,
      field: fieldName,
      answer: answer.describe('A key that is missing removes its row'),
      reason: z.string().trim().min(1).max(5_000),
    }),
    response: adjudicationView,
    locking: true,
  }),
  unmaskings: route({
    id: 'unmaskings',
    method: 'get',
    path: '/studies/{study}/review/unmaskings',
    summary: 'For whom the blinding was lifted, by whom and why',
    access: { study: 'study.audit' },
    params: ofStudy,
    response: z.object({ items: z.array(unmasking) }),
  }),
  unmask: route({
    id: 'unmask',
    method: 'post',
    path: '/studies/{study}/review/unmaskings',
    summary: 'Lift the blinding for one person, for good; the audit trail has it',
    access: { study: 'review.unmask' },
    params: ofStudy,
    body: z.object({
      person: login,
      reason: z.string().trim().min(1).max(2_000),
    }),
    response: unmasking,
  }),
};
