import { z } from 'zod';
import { expression, slug, words } from './schema-words.ts';

export const statisticSchema = z.strictObject({
  id: slug.describe(words.slug),
  label: z.string().describe(words.label),
  proportion: expression.describe('Subjects who count; focus: the subject'),
  of: expression.optional().describe('The denominator; absent: all analysed'),
  level: z.number().min(0.5).max(0.999).default(0.95).describe('Of the confidence interval'),
});

export type StatisticSpec = z.infer<typeof statisticSchema>;
