import { z } from 'zod';
import { expression, slug, words } from './schema-words.ts';

const named = { id: slug.describe(words.slug), title: z.string().describe('Printed in the caption') };

/** What every drawing of the data set has. */
const drawn = {
  ...named,
  notes: z.array(z.string()).default([]).describe('Sentences of the caption, after the title'),
  width: z
    .enum(['one-column', 'two-columns'])
    .default('two-columns')
    .describe('In print: 85 mm (one column of a journal) or 174 mm (two)'),
  palette: z.enum(['colour', 'grey']).default('colour').describe('Of the picture shown; grey is written beside it'),
  population: expression.optional().describe('Which subjects; absent: all analysed'),
};

const axis = (what: string) => z.string().describe(`Printed at the ${what} axis, with its unit`);
const limits = z.array(z.number()).max(4).default([]).describe('Dashed lines at these values: [-30, 20]');

const subgroupRow = z.strictObject({
  id: slug.describe('Unique in the figure'),
  label: z.string().describe(words.label),
  when: expression.describe('Focus: the subject'),
});
const choicesRow = z.strictObject({
  choicesOf: z
    .string()
    .regex(/^[a-z0-9_]+\.[a-z0-9_]+$/)
    .describe('instrument.field: a row for each choice'),
  only: z.array(z.string()).optional().describe('Choice codes, in the order of print'),
});
const headingRow = z.strictObject({ heading: z.string().describe('Printed above the rows that follow') });
const statisticRow = z.strictObject({ statistic: slug.describe('The id of a proportion') });

const swimmerEvent = z.strictObject({
  label: z.string().describe(words.label),
  over: expression.optional().describe('The rows to go through: an instrument that repeats; absent: the subject once'),
  at: expression.describe('A date, or months from the start; focus: the row, the subject is %subject'),
});

/** A figure of the protocol, one object a kind. */
export const figureSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...named, kind: z.literal('attrition').describe('From the charts found to the patients included') }),
  z.strictObject({ ...named, kind: z.literal('arms').describe('How the case-finding arms overlap') }),
  z.strictObject({
    ...drawn,
    kind: z.literal('response-by-subgroup').describe('A bar a subgroup, divided by response category'),
    rows: z
      .array(z.union([subgroupRow, choicesRow, headingRow]))
      .min(1)
      .describe('From top to bottom'),
    scale: z.enum(['percent', 'subjects']).default('percent').describe('What the length of a bar stands for'),
  }),
  z.strictObject({
    ...drawn,
    kind: z.literal('swimmer').describe('A line a subject from the start to the end of follow-up'),
    start: expression.describe('The date of month 0; focus: the subject'),
    end: expression.describe('A date, or months from the start; of several the last; focus: the subject'),
    events: z.array(swimmerEvent).max(6).default([]).describe('Signs on the line'),
    ongoing: expression.optional().describe('Whose line ends in an arrow; focus: the subject'),
    order: z.enum(['length', 'subject']).default('length').describe('The longest on top, or by the id of the subject'),
  }),
  z.strictObject({
    ...drawn,
    kind: z.literal('kaplan-meier').describe('Curves of the time to an event, with the numbers at risk'),
    statistic: slug.describe('The id of a statistic that gives curves; its `of` says among whom'),
    as: z
      .enum(['survival', 'incidence'])
      .default('survival')
      .describe('The share without the event, or (1 minus it) with the event'),
    x: z.string().optional().describe('Printed at the horizontal axis; absent: the unit of the statistic'),
    y: axis('vertical').optional(),
    band: z.boolean().default(true).describe('The confidence interval as a band'),
  }),
  z.strictObject({
    ...drawn,
    kind: z.literal('waterfall').describe('A bar a subject, from the largest increase to the largest decrease'),
    value: expression.describe('The change in percent; focus: the subject'),
    y: axis('vertical').default('Change from baseline, %'),
    limits,
  }),
  z.strictObject({
    ...drawn,
    kind: z.literal('spaghetti').describe('A line a subject, or a lesion, over time'),
    over: expression.describe('The rows to go through: an instrument that repeats, or response.assessments'),
    at: expression.describe('A date or a number; focus: the row, the subject is %subject'),
    value: expression.describe('A number; focus: the row, the subject is %subject'),
    line: expression.optional().describe('Which line of the subject: the lesion; focus: the row'),
    start: expression.optional().describe('The date of month 0, where `at` gives dates; focus: the subject'),
    x: axis('horizontal').default('Months'),
    y: axis('vertical').default('Change from baseline, %'),
    limits,
  }),
  z.strictObject({
    ...drawn,
    kind: z.literal('forest').describe('Proportions with their exact intervals'),
    rows: z
      .array(z.union([statisticRow, subgroupRow, choicesRow, headingRow]))
      .min(1)
      .describe('From top to bottom'),
    proportion: expression.optional().describe('Who counts in the subgroup rows; focus: the subject'),
    reference: z.number().min(0).max(100).optional().describe('A dashed line at this percentage'),
    level: z.number().min(0.5).max(0.999).default(0.95).describe('Of the intervals of the subgroup rows'),
  }),
]);

export type FigureSpec = z.infer<typeof figureSchema>;
export type FigureKind = FigureSpec['kind'];
export type FigureOf<Kind extends FigureKind> = Extract<FigureSpec, { readonly kind: Kind }>;
/** A figure that is drawn from the data set and the statistics; the others are drawn from the account of the cohort. */
export type DataFigureSpec = Exclude<FigureSpec, { readonly kind: 'attrition' | 'arms' }>;
/** A row that counts the subjects of a subgroup. */
export type SubgroupRowSpec = z.infer<typeof subgroupRow> | z.infer<typeof choicesRow>;
