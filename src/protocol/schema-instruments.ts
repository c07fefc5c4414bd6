import { z } from 'zod';
import { expression, identifier, words } from './schema-words.ts';

/** Why a field has no value. Each is a statement that a reviewer makes, never a blank. */
export const missingKinds = ['not-documented', 'documented-absent', 'not-applicable', 'conflicting'] as const;
export type MissingKind = (typeof missingKinds)[number];

const choice = z.strictObject({
  code: z.string().min(1).describe('Stored; unique in the field'),
  label: z.string().describe(words.label),
  guidance: z.string().optional().describe('What counts as this choice'),
});

const common = {
  id: identifier.describe(words.identifier),
  label: z.string().describe(words.label),
  guidance: z.string().optional().describe('What the abstractor is told: where to look, what counts'),
  required: z.boolean().default(true).describe('Has a value or a typed missing value before the record is complete'),
  evidence: z
    .enum(['required', 'optional', 'none'])
    .default('required')
    .describe('Whether a value must cite the chart'),
  missing: z
    .array(z.enum(missingKinds))
    .default([...missingKinds])
    .describe('The missing values allowed'),
  visible: expression.optional().describe('Asked only where this holds; focus: the record being filled in'),
  validate: z
    .array(
      z.strictObject({
        expression,
        message: z.string().describe('What is told where it is false, after the name of the field'),
      }),
    )
    .default([])
    .describe('Each must not be false; %value is this field, the focus the record'),
  terms: z
    .string()
    .optional()
    .describe('The concept set whose words are searched for this field and its proof of absence'),
};

const number = {
  min: z.number().optional().describe('The least number allowed'),
  max: z.number().optional().describe('The greatest number allowed'),
};

const kind = (name: string) => `The kind of the field: ${name}`;

const fieldSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...common, type: z.literal('text').describe(kind('text')) }),
  z.strictObject({
    ...common,
    type: z.literal('integer').describe(kind('a whole number')),
    ...number,
    unit: z.string().optional().describe('UCUM, or a word'),
  }),
  z.strictObject({
    ...common,
    type: z.literal('decimal').describe(kind('a number with a unit')),
    ...number,
    unit: z.string().describe('UCUM: g, mm, mo, %'),
  }),
  z.strictObject({ ...common, type: z.literal('date').describe(kind('a date, as precise as the chart is')) }),
  z.strictObject({
    ...common,
    type: z.literal('choice').describe(kind('one of the choices')),
    choices: z.array(choice).min(1).describe('The answers offered'),
    ordered: z
      .boolean()
      .optional()
      .describe('true: the choices are a scale, from one end to the other; agreement is weighted'),
  }),
  z.strictObject({
    ...common,
    type: z.literal('choices').describe(kind('one or more of the choices')),
    choices: z.array(choice).min(1).describe('The answers offered'),
  }),
  z.strictObject({ ...common, type: z.literal('yesno').describe(kind('yes or no')) }),
  z.strictObject({
    ...common,
    type: z.literal('computed').describe(kind('worked out from others, never entered')),
    of: z.enum(['text', 'integer', 'decimal', 'date', 'yesno']).describe('The kind of its value'),
    unit: z.string().optional().describe('UCUM, or a word'),
    value: expression.describe('Focus: the record; %person, %study and the instruments by name'),
  }),
]);

export const instrumentSchema = z.strictObject({
  id: identifier.describe(words.identifier),
  label: z.string().describe(words.label),
  guidance: z.string().optional().describe('What the abstractor is told of the whole record'),
  repeats: z
    .strictObject({ key: identifier.describe('The field whose value tells the rows of one subject apart') })
    .optional()
    .describe('Present: many rows a subject'),
  fields: z.array(fieldSchema).min(1).describe('What is asked, in order'),
});

export type Instrument = z.infer<typeof instrumentSchema>;
export type Field = z.infer<typeof fieldSchema>;
export type Choice = z.infer<typeof choice>;
