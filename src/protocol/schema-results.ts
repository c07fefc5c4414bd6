import { z } from 'zod';
import { expression, identifier, slug, words } from './schema-words.ts';

/** What one assessment says of a lesion, in the engine's own words. */
export const lesionStatuses = ['resolved', 'improved', 'unchanged', 'worsened', 'recurred', 'not-evaluable'] as const;
export type LesionStatus = (typeof lesionStatuses)[number];

export const responseSchema = z.strictObject({
  assessments: z
    .strictObject({
      instrument: identifier.describe('The repeating instrument'),
      lesion: identifier.describe('Field: which lesion'),
      date: identifier.describe('Field: when it was assessed'),
      status: identifier.describe('Field: how it was'),
    })
    .describe('The repeating instrument that holds the assessments'),
  statuses: z.record(z.string(), z.enum(lesionStatuses)).describe('What each choice of the status field means'),
  start: expression.describe('Day zero of the treatment; focus: the subject'),
  categories: z
    .array(
      z.strictObject({
        code: z.string().describe('Stored, and used in expressions'),
        label: z.string().describe(words.label),
        when: expression
          .optional()
          .describe(
            'Focus: the lesion: assessments, evaluable, resolved, regressed, recurred, persisted, worsened, last, days. Absent: every lesion left over',
          ),
      }),
    )
    .min(2)
    .describe('Best first. A lesion has the first category whose rule holds'),
  unknown: z.string().describe('The category of a lesion or a subject that cannot be judged'),
  patient: z
    .enum(['best', 'worst', 'all'])
    .describe('Best or worst of the known lesions; all: the worst, unknown where one is unknown'),
  responders: z.array(z.string()).describe('The categories that count as response'),
});

export const variableSchema = z.strictObject({
  id: identifier.describe(words.identifier),
  label: z.string().describe(words.label),
  unit: z.string().optional().describe('Printed after the label'),
  value: expression.describe(
    'Focus: the subject: person, response, one object an instrument (a list where it repeats), variables before this one',
  ),
});

export const analysedSchema = z.strictObject({
  label: z.string().describe('Why the others are not analysed, as printed: No assessment after the start'),
  when: expression.describe('Who is in tables and statistics; focus: the subject'),
});

const countRow = z.strictObject({
  id: slug.describe(words.slug),
  label: z.string().describe(words.label),
  when: expression.describe('Focus: the subject'),
  percent: z.boolean().default(true).describe('Its percentage stands in a percent column'),
  notes: z.array(z.string()).default([]).describe(words.notes),
});
const summaryRow = z.strictObject({
  id: slug.describe(words.slug),
  label: z.string().describe(words.label),
  summary: expression.describe('One number a subject, or none; focus: the subject'),
  unit: z.string().optional().describe('Printed after the label'),
  digits: z.int().min(0).max(6).default(1).describe('Decimal digits printed'),
  notes: z.array(z.string()).default([]).describe(words.notes),
});
const choicesRow = z.strictObject({
  choicesOf: z
    .string()
    .regex(/^[a-z0-9_]+\.[a-z0-9_]+$/)
    .describe('instrument.field: a row for each choice'),
  only: z.array(z.string()).optional().describe('Choice codes, in the order of print'),
});
const row = z.union([
  countRow.extend({ rows: z.array(countRow).optional().describe('Of which') }),
  summaryRow,
  choicesRow,
]);

const named = { id: z.string().describe('Unique in the table'), label: z.string().describe(words.label) };
const column = z.union([
  z.strictObject({ ...named, when: expression.describe('Focus: the subject') }),
  z.strictObject({ responses: z.literal(true).describe('A column for each response category') }),
  z.strictObject({ ...named, total: z.literal(true).describe('All subjects of the table') }),
  z.strictObject({
    ...named,
    percent: z.literal(true).describe('Of all subjects of the table'),
  }),
  z.strictObject({
    ...named,
    stat: z
      .enum(['n', 'mean', 'sd', 'median', 'range', 'mean-range', 'mean-sd', 'median-iqr'])
      .describe('A column of a table of numbers'),
  }),
]);

export const tableSchema = z.strictObject({
  id: slug.describe(words.slug),
  title: z.string().describe('Printed above'),
  population: expression.optional().describe('Which subjects; absent: all analysed'),
  columns: z.array(column).min(1).describe('From left to right'),
  groups: z
    .array(
      z.strictObject({
        id: slug.describe(words.slug),
        label: z.string().describe(words.label),
        overlapping: z.boolean().default(false).describe('A subject may count in several rows; said in a footnote'),
        notes: z.array(z.string()).default([]).describe(words.notes),
        rows: z.array(row).min(1).describe('From top to bottom'),
      }),
    )
    .min(1)
    .describe('Rows that belong together under a heading'),
  percentDigits: z.int().min(0).max(2).default(0).describe('Decimal digits of percentages'),
  footnotes: z.array(z.string()).default([]).describe('Printed below, without a letter'),
});

export const figureSchema = z.strictObject({
  id: slug.describe(words.slug),
  title: z.string().describe('Printed above'),
  kind: z.enum(['attrition']).describe('attrition: from the charts found to the patients included'),
});

export const statisticSchema = z.strictObject({
  id: slug.describe(words.slug),
  label: z.string().describe(words.label),
  proportion: expression.describe('Subjects who count; focus: the subject'),
  of: expression.optional().describe('The denominator; absent: all analysed'),
  level: z.number().min(0.5).max(0.999).default(0.95).describe('Of the confidence interval'),
});

export type ResponseRules = z.infer<typeof responseSchema>;
export type Variable = z.infer<typeof variableSchema>;
export type TableSpec = z.infer<typeof tableSchema>;
export type RowSpec = z.infer<typeof row>;
export type ColumnSpec = z.infer<typeof column>;
export type FigureSpec = z.infer<typeof figureSchema>;
export type StatisticSpec = z.infer<typeof statisticSchema>;
