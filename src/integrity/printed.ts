/**
 * Printed results, of any paper, as a file: what {@link checkPrinted} checks. Counts and percentages stand as they are
 * printed, right or wrong.
 */
import { z } from 'zod';

const count = z.int().min(0);
const percent = z
  .string()
  .regex(/^\d{1,3}(?:\.\d+)?$/)
  .describe('As printed, without the sign: its decimals tell how it was rounded');

const printedRow = z.strictObject({
  label: z.string(),
  counts: z.record(z.string(), count).describe('By column'),
  total: count.optional(),
  percent: percent.optional().describe('Of the total of the table'),
});

const printedGroup = z.strictObject({
  label: z.string(),
  kind: z
    .enum(['partition', 'overlapping', 'some'])
    .describe('partition: every subject in just one row; overlapping: in one or more; some: rows are missing in print'),
  none: z.string().optional().describe('In an overlapping group: the row of those who are in no other'),
  rows: z.array(printedRow).min(1),
});

const printedTable = z.strictObject({
  id: z.string(),
  columns: z.record(z.string(), count).describe('Subjects by column'),
  n: count.describe('Subjects of the table'),
  groups: z.array(printedGroup),
});

const statement = z.strictObject({ id: z.string(), n: count, of: count, percent });

const summary = z.strictObject({
  id: z.string(),
  mean: percent,
  min: z.number(),
  max: z.number(),
  n: count,
  integers: z.boolean().default(false).describe('Every value is a whole number'),
});

/** Two rows of an overlapping group taken apart, as text often does: both, only the first, only the second, neither. */
const breakdown = z.strictObject({
  id: z.string(),
  table: z.string(),
  group: z.string(),
  columns: z.array(z.string()).min(1).describe('The columns that it speaks of, together'),
  first: z.string(),
  second: z.string(),
  both: count,
  onlyFirst: count,
  onlySecond: count,
  neither: count,
});

export const printedSchema = z.strictObject({
  tables: z.array(printedTable).default([]),
  statements: z.array(statement).default([]),
  summaries: z.array(summary).default([]),
  breakdowns: z.array(breakdown).default([]),
});

export type Printed = z.infer<typeof printedSchema>;
export type PrintedTable = z.infer<typeof printedTable>;
export type PrintedGroup = z.infer<typeof printedGroup>;
export type PrintedRow = z.infer<typeof printedRow>;
export type PrintedSummary = z.infer<typeof summary>;
export type Breakdown = z.infer<typeof breakdown>;

/** A number that cannot be right, or several that cannot all be right. */
export interface Finding {
  /** The rule of `SPEC.md` that it breaks. */
  readonly rule: string;
  /** `table2 / Race / American Indian / percent` */
  readonly where: string;
  /** Why, from the other figures: one sentence that a reader can check by hand. */
  readonly why: string;
}
