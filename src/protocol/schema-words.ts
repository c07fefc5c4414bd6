import { z } from 'zod';
import { type PartialDate, parsePartialDate } from '../base/index.ts';

/** `no-follow-up`: names that stand in file names, URLs and cell addresses. */
export const slug = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'small letters, digits and single hyphens');

/** `tst_start`: names that stand in FHIRPath expressions. */
export const identifier = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, 'small letters, digits and underscores, a letter first');

/** `2012`, `2012-03` or `2012-03-05`. */
export const partialDate = z
  .string()
  .regex(/^\d{4}(?:-\d{2}(?:-\d{2})?)?$/, { error: 'a date such as 2012, 2012-03 or 2012-03-05', abort: true })
  .refine((text) => parsePartialDate(text) !== undefined, 'a date such as 2012, 2012-03 or 2012-03-05')
  .transform((text) => text as PartialDate);

/** `30 days`, `6 months`: a length of time, as it stands in a criterion. */
export const span = z
  .string()
  .regex(/^\d{1,4} (?:day|week|month|year)s?$/, 'a length of time such as 30 days, 2 weeks, 6 months, 1 year');

/** Descriptions that several parts share, as an editor shows them. */
export const words = {
  slug: 'Its name: small letters, digits, hyphens',
  identifier: 'Its name in expressions: small letters, digits, underscores',
  label: 'Shown and printed',
  notes: 'Footnotes of the line',
} as const;

/** A FHIRPath expression. */
export const expression = z.string().min(1).describe('FHIRPath');
