/** The optional parts of a response: which assessments count, what change is better, what must be confirmed or last. */
import { z } from 'zod';
import { expression } from './schema-words.ts';

const days = z.number().int().min(0);
const months = z.number().positive();

export const limitKeys = {
  counts: z
    .array(z.enum(['patient', 'provider', 'measurement', 'both', 'not-stated']))
    .min(1)
    .describe('The bases of assessments that count; the others decide nothing'),
  window: z
    .strictObject({
      fromDays: days.optional().describe('Earliest day of an assessment that counts, from day zero'),
      toMonths: months.optional().describe('Latest month of an assessment that counts, from day zero'),
    })
    .describe('When an assessment must have been made to count'),
  improvement: z
    .strictObject({
      by: z.enum(['size', 'score']).describe('The number that decides instead of the status'),
      change: z
        .number()
        .describe('Percent change from the baseline: -30 is smaller by 30 % or more; above 0 where more is better'),
      resolved: z
        .number()
        .optional()
        .describe('Percent change at which nothing is left; -100 where it is left out and smaller is better'),
    })
    .describe('What counts as better. Absent: the status'),
  worsening: z
    .strictObject({
      change: z.number().describe('Percent change that counts as worse: 20 is larger by 20 % or more'),
      from: z
        .enum(['baseline', 'nadir'])
        .default('nadir')
        .describe('From the baseline, or from the best number before'),
    })
    .describe('What counts as worse, where a number decides. Absent: nothing'),
  confirmation: z
    .strictObject({
      times: z.number().int().min(2).default(2).describe('How often it must be seen, the first time included'),
      afterDays: days.default(1).describe('At least so many days after the first time'),
      withinDays: days.optional().describe('At most so many days after the first time'),
    })
    .describe('A better status counts only as far as it is seen again, with nothing worse between'),
  recurrence: z
    .strictObject({ withinMonths: months.describe('Months since it was first gone, or better') })
    .describe('A recurrence counts only within this time'),
  durability: z
    .strictObject({ months: months.describe('From the first better assessment to the last without a worse between') })
    .describe('A better status counts only where it lasts so long'),
  exposure: z
    .strictObject({
      minimum: expression.describe('Enough treatment to speak of no response; focus: the subject'),
      otherwise: z.string().optional().describe('The category where it surely is not, or not known. Absent: unknown'),
    })
    .describe('No response may be told only after this much treatment'),
};
