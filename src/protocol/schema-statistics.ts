import { z } from 'zod';
import { expression, slug, words } from './schema-words.ts';

/** How p values of a family are adjusted, by the names that R's `p.adjust` has. */
const adjustments = ['holm', 'hochberg', 'BH', 'bonferroni'] as const;

const common = {
  id: slug.describe(words.slug),
  label: z.string().describe(words.label),
  of: expression.optional().describe('Among whom; absent: all analysed'),
  subgroups: expression
    .optional()
    .describe('One result for each value of this expression, and a test of heterogeneity where there is one'),
  level: z.number().min(0.5).max(0.999).default(0.95).describe('Of the confidence interval'),
};

const adjust = {
  adjust: z
    .strictObject({
      family: slug.describe('The p values of the statistics that name the same family are adjusted together'),
      method: z.enum(adjustments).default('holm').describe('holm, hochberg, BH (false discovery rate) or bonferroni'),
    })
    .optional()
    .describe('Multiplicity; absent: not adjusted'),
};

const groups = z
  .array(z.union([z.string(), z.boolean()]))
  .min(2)
  .optional()
  .describe('The values of `by` to compare, the reference first; absent: all, in the order of the choices');

const proportion = z.strictObject({
  ...common,
  proportion: expression.describe('Subjects who count; focus: the subject'),
  method: z.enum(['exact', 'wilson']).default('exact').describe('exact: Clopper-Pearson; wilson: score'),
});

const comparison = z.strictObject({
  ...common,
  ...adjust,
  compare: expression.describe('The outcome: yes or no; of fisher and chi-squared also a choice'),
  by: expression.describe('The groups: one value a subject'),
  groups,
  test: z
    .enum(['fisher', 'chi-squared', 'mantel-haenszel'])
    .optional()
    .describe('fisher (Fisher-Freeman-Halton of larger tables), chi-squared, or mantel-haenszel with `stratify`'),
  estimate: z
    .enum(['difference', 'ratio', 'odds-ratio', 'odds-ratio-woolf'])
    .optional()
    .describe('Second group against the reference: risk difference (Newcombe), risk ratio (Katz), odds ratio'),
  stratify: expression.optional().describe('The strata of mantel-haenszel: one value a subject'),
});

const numbers = z.strictObject({
  ...common,
  ...adjust,
  number: expression.describe('One number a subject'),
  by: expression.describe('The groups: one value a subject'),
  groups,
  test: z
    .enum(['wilcoxon', 'kruskal-wallis', 'welch'])
    .describe('wilcoxon (two groups, with the Hodges-Lehmann shift), kruskal-wallis, welch (difference of means)'),
});

const paired = z.strictObject({
  ...common,
  ...adjust,
  paired: z.tuple([expression, expression]).describe('The same of a subject before and after: [first, second]'),
  test: z
    .enum(['mcnemar', 'mcnemar-chi-squared', 'signed-rank'])
    .describe('Of yes and no: mcnemar (exact) or mcnemar-chi-squared; of numbers: signed-rank (Wilcoxon)'),
});

const survival = z.strictObject({
  ...common,
  ...adjust,
  time: expression.describe('How long each subject was followed: to the event, or to the last contact'),
  event: expression.describe('Whether the event came then: yes or no'),
  unit: z.string().describe('Of the time: days, months, years'),
  by: expression.optional().describe('A curve for each value, and the log-rank test'),
  groups,
  interval: z
    .enum(['log-log', 'log', 'plain'])
    .default('log-log')
    .describe('The scale on which the limits of the curve are computed'),
  at: z.array(z.number().positive()).default([]).describe('Times at which the share free of the event is told'),
});

/** One statistic: the key that says what it is about (`proportion`, `compare`, `number`, `paired`, `time`) says which. */
export const statisticSchema = z.union([proportion, comparison, numbers, paired, survival]);

export type StatisticSpec = z.infer<typeof statisticSchema>;
export type ProportionSpec = z.infer<typeof proportion>;
export type ComparisonSpec = z.infer<typeof comparison>;
export type NumbersSpec = z.infer<typeof numbers>;
export type PairedSpec = z.infer<typeof paired>;
export type SurvivalSpec = z.infer<typeof survival>;
