import { z } from 'zod';
import { partialDate, slug } from './schema-words.ts';

const window = z
  .union([
    z.literal('period'),
    z.strictObject({
      from: partialDate.optional().describe('First day; quote a year alone'),
      to: partialDate.optional().describe('Last day; quote a year alone'),
    }),
  ])
  .describe('When the event happened: "period" is the period of the study; absent: at any time');

const leaf = { during: window.optional(), atLeast: z.int().min(1).default(1).describe('How many such events') };

/**
 * Who is meant, in terms of the records. A leaf names a concept set (or a note query); `all`, `any` and `none` combine.
 * `drug` looks at orders, dispenses, administrations and pharmacy rows unless `sources` narrows it.
 */
export type Criterion =
  | ({ readonly condition: string } & Leaf)
  | ({ readonly procedure: string } & Leaf)
  | ({
      readonly drug: string;
      readonly routes?: readonly string[] | undefined;
      readonly sources?: readonly DrugSource[] | undefined;
    } & Leaf)
  | ({ readonly note: string } & Leaf)
  | { readonly age: { readonly min?: number | undefined; readonly max?: number | undefined } }
  | { readonly sex: 'female' | 'male' | 'other' | 'unknown' }
  | { readonly all: readonly Criterion[] }
  | { readonly any: readonly Criterion[] }
  | { readonly none: readonly Criterion[] };

interface Leaf {
  readonly during?: z.infer<typeof window> | undefined;
  readonly atLeast: number;
}

/** Where a drug row comes from; `table` is a file imported by a mapping, such as a pharmacy's. */
export const drugSources = ['order', 'dispense', 'administration', 'statement', 'table'] as const;
export type DrugSource = (typeof drugSources)[number];

export const criterionSchema: z.ZodType<Criterion> = z.lazy(() =>
  z.union([
    z.strictObject({ condition: slug.describe('A concept set'), ...leaf }),
    z.strictObject({ procedure: slug.describe('A concept set'), ...leaf }),
    z.strictObject({
      drug: slug.describe('A concept set'),
      routes: z.array(z.string()).optional().describe('Overrides the routes of the concept set'),
      sources: z.array(z.enum(drugSources)).optional().describe('Only such rows; table: an imported file'),
      ...leaf,
    }),
    z.strictObject({ note: z.string().describe('A query of the search language: affirmed(@calcification)'), ...leaf }),
    z.strictObject({
      age: z
        .strictObject({
          min: z.number().optional().describe('At least'),
          max: z.number().optional().describe('At most'),
        })
        .describe('In years, at the start of the period'),
    }),
    z.strictObject({ sex: z.enum(['female', 'male', 'other', 'unknown']).describe('As recorded') }),
    z.strictObject({ all: z.array(criterionSchema).min(1).describe('Who meets every one of these') }),
    z.strictObject({ any: z.array(criterionSchema).min(1).describe('Who meets at least one of these') }),
    z.strictObject({ none: z.array(criterionSchema).min(1).describe('Who meets none of these') }),
  ]),
);
