import { z } from 'zod';
import { denominatorKeys, descriptiveKeys, formatKey, summaryKinds } from './schema-descriptives.ts';
import { expression, slug, words } from './schema-words.ts';

const fieldPath = z.string().regex(/^[a-z0-9_]+\.[a-z0-9_]+$/);

const countRow = z.strictObject({
  id: slug.describe(words.slug),
  label: z.string().describe(words.label),
  when: expression.describe('Focus: the subject'),
  percent: z.boolean().default(true).describe('Its percentage stands in a percent column'),
  ...denominatorKeys,
  notes: z.array(z.string()).default([]).describe(words.notes),
});
const summaryRow = z.strictObject({
  id: slug.describe(words.slug),
  label: z.string().describe(words.label),
  summary: expression.describe('One number a subject, or none; focus: the subject'),
  unit: z.string().optional().describe('Printed after the label'),
  digits: z.int().min(0).max(6).default(1).describe('Decimal digits printed'),
  show: z
    .enum(summaryKinds)
    .optional()
    .describe('What columns of counts print of it, said in its label; absent: mean-range, unsaid'),
  withN: z.boolean().default(false).describe('With the number of those who have a value: 13.2 (5.5); n = 4'),
  notes: z.array(z.string()).default([]).describe(words.notes),
});
const choicesRow = z.strictObject({
  choicesOf: fieldPath.describe('instrument.field: a row for each choice'),
  only: z.array(z.string()).optional().describe('Choice codes, in the order of print'),
});
const row = z.union([
  countRow.extend({ rows: z.array(countRow).optional().describe('Of which') }),
  summaryRow,
  choicesRow,
]);

const named = { id: z.string().describe('Unique in the table'), label: z.string().describe(words.label) };
const column = z.union([
  z.strictObject({ ...named, when: expression.describe('Focus: the subject'), ...formatKey }),
  z.strictObject({ responses: z.literal(true).describe('A column for each response category'), ...formatKey }),
  z.strictObject({
    columnsOf: fieldPath.describe('instrument.field: a column for each choice, or for yes and no'),
    ...formatKey,
  }),
  z.strictObject({ ...named, total: z.literal(true).describe('All subjects of the table'), ...formatKey }),
  z.strictObject({
    ...named,
    percent: z.literal(true).describe('Of all subjects of the table'),
  }),
  z.strictObject({
    ...named,
    stat: z.enum(['n', 'mean', 'sd', 'median', 'range', ...summaryKinds]).describe('A column of a table of numbers'),
  }),
]);

export const tableSchema = z.strictObject({
  id: slug.describe(words.slug),
  kind: z.literal('counts').optional().describe('counts: rows and columns of subjects; absent: so'),
  title: z.string().describe('Printed above'),
  population: expression.optional().describe('Which subjects; absent: all analysed'),
  columns: z.array(column).min(1).describe('From left to right'),
  groups: z
    .array(
      z.strictObject({
        id: slug.describe(words.slug),
        label: z.string().describe(words.label),
        overlapping: z.boolean().default(false).describe('A subject may count in several rows; said in a footnote'),
        ...denominatorKeys,
        notes: z.array(z.string()).default([]).describe(words.notes),
        rows: z.array(row).min(1).describe('From top to bottom'),
      }),
    )
    .min(1)
    .describe('Rows that belong together under a heading'),
  percentDigits: z.int().min(0).max(2).default(0).describe('Decimal digits of percentages'),
  ...denominatorKeys,
  ...descriptiveKeys,
  footnotes: z.array(z.string()).default([]).describe('Printed below, without a letter'),
});

export type TableSpec = z.infer<typeof tableSchema>;
export type RowSpec = z.infer<typeof row>;
export type ColumnSpec = z.infer<typeof column>;
