import { z } from 'zod';
import { partialDate } from './schema-words.ts';

const authorSchema = z.strictObject({
  name: z.string().min(1).describe('As it is printed'),
  orcid: z
    .string()
    .regex(/^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/, 'an ORCID such as 0000-0002-1825-0097')
    .optional()
    .describe('0000-0002-1825-0097'),
  affiliation: z.string().min(1).optional().describe('Department, institution, city'),
  role: z
    .string()
    .min(1)
    .optional()
    .describe('What the author did, as CRediT calls it: Investigation, Formal analysis'),
});

const told = (what: string) => z.string().regex(/\S/, 'some words').optional().describe(what);

export const releaseSchema = z
  .strictObject({
    dates: z
      .enum(['year', 'shifted'])
      .default('year')
      .describe(
        'Dates in the released data set: the year alone (Safe Harbor), or moved by a secret number of days a person',
      ),
    smallCell: z
      .int()
      .min(1)
      .max(100)
      .default(5)
      .describe('Counts below this are small: the disclosure check tells them'),
    published: partialDate.optional().describe('The day on which the bundle is given away, for its metadata'),
    authors: z.array(authorSchema).default([]).describe('Who made the study, in the order of print'),
    contact: told('Whom to ask about the data: a name and an address'),
    publisher: told('The institution that gives the data away'),
    license: told('Under which the bundle may be used: an SPDX id such as CC-BY-4.0, or the address of the terms'),
    keywords: z.array(z.string().min(1)).default([]).describe('Three to six words for an index'),
    setting: told('Where the patients were cared for: kind of institution, place'),
    training: told('How the abstractors were trained, in a sentence'),
    sampleSize: told('Why so many patients: all there were, or a calculation'),
    bias: told('What was done about sources of bias'),
    consent: told('What was decided about the consent of patients'),
    funding: told('Who paid, and what part the funder had; or that nobody did'),
    conflicts: told('Interests of the authors; or that there are none'),
    access: told('How others get at the protocol, the data and the code'),
  })
  .prefault({})
  .describe('What is given away, and what the checklists of journals ask beyond the data');

export type ReleaseRules = z.infer<typeof releaseSchema>;
