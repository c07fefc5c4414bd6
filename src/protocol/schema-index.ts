/** The index event: what makes a person a case, and on which day. What is asked of it, in which order: rules R100 to R105 of cohort. */
import { z } from 'zod';
import { eventSchema } from './schema-criteria.ts';
import { span, words } from './schema-words.ts';

/** The name of the index event in relations; no named criterion has it. */
export const INDEX = 'index';

export const indexSchema = z
  .strictObject({
    label: z.string().describe(words.label),
    events: z.array(eventSchema).min(1).describe('Single events; each may be the index event of a person'),
    take: z
      .enum(['first', 'last', 'every'])
      .default('first')
      .describe('Which of them: the first or the last of a person, or every one as a case of its own'),
    washout: span.optional().describe('An event counts only when no other of these lies so long before it: 1 year'),
    lookback: span.optional().describe('The person was seen at least so long before it: 1 year'),
    followUp: span.optional().describe('The person was seen at least so long after it, or died within that time'),
  })
  .describe('The event that makes a person a case: exclusions say `after: index`, `age: { min: 18, at: index }`');

export type IndexEvent = z.infer<typeof indexSchema>;

/** The ids of the steps of the account that come of it; no exclusion beside it has one of them. */
export const indexStepIds = ['no-index-event', 'washout', 'lookback', 'follow-up'] as const;
