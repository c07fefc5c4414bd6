import { z } from 'zod';
import { expression, identifier, words } from './schema-words.ts';

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

export type Variable = z.infer<typeof variableSchema>;
