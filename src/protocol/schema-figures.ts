import { z } from 'zod';
import { slug, words } from './schema-words.ts';

export const figureSchema = z.strictObject({
  id: slug.describe(words.slug),
  title: z.string().describe('Printed above'),
  kind: z.enum(['attrition']).describe('attrition: from the charts found to the patients included'),
});

export type FigureSpec = z.infer<typeof figureSchema>;
