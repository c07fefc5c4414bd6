import { z } from 'zod';

/** Words and phrases as a concept set of a protocol has them, and a term set of the workspace. */
export const termsSchema = z.array(
  z.strictObject({
    text: z.string().describe('A word or phrase'),
    synonyms: z.array(z.string()).default([]).describe('Other words for the same'),
  }),
);

export type Term = z.infer<typeof termsSchema>[number];

/** Every text of the terms, as a search looks for them. */
export function termTexts(terms: readonly Term[]): string[] {
  return terms.flatMap((term) => [term.text, ...term.synonyms]);
}
