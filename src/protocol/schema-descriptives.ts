/** How tables print counts, percentages and numbers: keys that tables, groups, rows and columns share. */
import { z } from 'zod';
import { expression } from './schema-words.ts';

/** What a cell of a count prints. */
export const cellFormats = ['n', 'n (%)', 'n/N', 'n/N (%)', '%'] as const;
export type CellFormat = (typeof cellFormats)[number];

/** What a row of numbers prints in a column of counts. */
export const summaryKinds = ['mean-sd', 'mean-range', 'median-iqr', 'median-range'] as const;

/** Of whom percentages are: all, those with a known value, or those for whom an expression holds. */
const denominator = z.union([
  z.enum(['all', 'known']),
  z.strictObject({
    of: expression.describe('Who is counted at all; focus: the subject'),
    label: z.string().describe('Who they are, as printed after their number: exposed to the drug'),
  }),
]);
export type Denominator = z.infer<typeof denominator>;

/** What a cell of counts prints. */
export const formatKey = {
  format: z.enum(cellFormats).optional().describe('What a cell prints; absent: n'),
};

/** Of whom percentages are, and how they are printed: of a row before its group, of a group before its table. */
export const denominatorKeys = {
  denominator: denominator
    .optional()
    .describe('Of whom percentages are, said in a footnote: all, known (who has a value), or of; absent: all, unsaid'),
  ...formatKey,
};

/** How a whole table prints. */
export const descriptiveKeys = {
  percentOf: z
    .enum(['column', 'row'])
    .default('column')
    .describe('column: of the subjects of the column; row: of those of the row'),
  headerN: z.boolean().default(false).describe('The number of its subjects after the label of each column: (n = 14)'),
  rounding: z
    .enum(['half-up', 'half-even'])
    .optional()
    .describe('half-up: 2.5 becomes 3; half-even: 2.5 becomes 2; said in a footnote; absent: half-up, unsaid'),
  extremes: z.boolean().default(false).describe('<1 and >99 in place of a rounded 0 and 100 that are not exact'),
  quantiles: z
    .int()
    .min(1)
    .max(9)
    .optional()
    .describe('The type of quartiles, 1 to 9 as R and Hyndman and Fan number them; said in a footnote; absent: 7'),
  missing: z
    .enum(['footnote', 'row', 'none'])
    .default('footnote')
    .describe('Where it is told who has no value, by kind'),
  hideEmpty: z.boolean().default(false).describe('Leaves out rows of counts in which there is nobody'),
};
