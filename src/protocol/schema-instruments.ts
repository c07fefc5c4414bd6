import { z } from 'zod';
import { expression, identifier } from './schema-words.ts';

/** Why a field has no value. Each is a statement that a reviewer makes, never a blank. */
export const missingKinds = ['not-documented', 'documented-absent', 'not-applicable', 'conflicting'] as const;
export type MissingKind = (typeof missingKinds)[number];

const choice = z.strictObject({
  code: z.string().min(1).describe('Stored; unique in the field'),
  label: z.string().describe('Shown and printed'),
  guidance: z.string().optional(),
});

const common = {
  id: identifier,
  label: z.string(),
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
    .array(z.strictObject({ expression, message: z.string() }))
    .default([])
    .describe('Each must not be false; %value is this field, the focus the record'),
  terms: z
    .string()
    .optional()
    .describe('The concept set whose words are searched for this field and its proof of absence'),
};

const number = { min: z.number().optional(), max: z.number().optional() };

const fieldSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...common, type: z.literal('text') }),
  z.strictObject({ ...common, type: z.literal('integer'), ...number, unit: z.string().optional() }),
  z.strictObject({ ...common, type: z.literal('decimal'), ...number, unit: z.string().describe('UCUM: g, mm, mo, %') }),
  z.strictObject({ ...common, type: z.literal('date') }),
  z.strictObject({ ...common, type: z.literal('choice'), choices: z.array(choice).min(1) }),
  z.strictObject({ ...common, type: z.literal('choices'), choices: z.array(choice).min(1) }),
  z.strictObject({ ...common, type: z.literal('yesno') }),
  z.strictObject({
    ...common,
    type: z.literal('computed'),
    of: z.enum(['text', 'integer', 'decimal', 'date', 'yesno']),
    unit: z.string().optional(),
    value: expression.describe('Focus: the record; %person, %study and the instruments by name'),
  }),
]);

export const instrumentSchema = z.strictObject({
  id: identifier,
  label: z.string(),
  guidance: z.string().optional(),
  repeats: z
    .strictObject({ key: identifier.describe('The field whose value tells the rows of one subject apart') })
    .optional()
    .describe('Present: many rows a subject'),
  fields: z.array(fieldSchema).min(1),
});

export type Instrument = z.infer<typeof instrumentSchema>;
export type Field = z.infer<typeof fieldSchema>;
export type Choice = z.infer<typeof choice>;
