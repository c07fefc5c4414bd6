/** What reviewers say of a field and what it rests on, as it goes over the line. The shapes are those of entries (`docs/review.md`). */
import { z } from 'zod';

const sourceId = z.string().min(1).max(200).describe('DocumentReference/12');

/** A place in a note: `start` and `end` count UTF-16 units of its text, and `quote` is the text between them. */
export const noteEvidence = z.strictObject({
  note: sourceId,
  start: z.int().min(0),
  end: z.int().min(1),
  quote: z.string().min(1).max(20_000),
});
/** A row of the records. */
export const recordEvidence = z.strictObject({ record: sourceId });
export const evidence = z.union([noteEvidence, recordEvidence]);
export type EvidenceView = z.infer<typeof evidence>;

export const missingKind = z.enum(['not-documented', 'documented-absent', 'not-applicable', 'conflicting']);

const scalar = z.union([z.string().max(20_000), z.number(), z.boolean(), z.array(z.string().max(1_000)).max(1_000)]);
const cited = { evidence: z.array(evidence).max(100).default([]), comment: z.string().max(5_000).optional() };

/** A value, or the statement that there is none with what was read before it was made. */
export const answer = z.union([
  z.strictObject({ value: scalar, ...cited }),
  z.strictObject({
    missing: missingKind,
    ...cited,
    coverage: z
      .strictObject({
        notes: z.array(sourceId).max(10_000).describe('Notes that were open'),
        terms: z.array(z.string().max(1_000)).max(1_000).describe('Words that were searched'),
      })
      .optional(),
  }),
]);
export type AnswerView = z.infer<typeof answer>;

/** Instruments and fields by the protocol's names. `row` is the value of the key where the instrument repeats, else empty. */
export const fieldName = z.string().regex(/^\w{1,100}$/);
export const rowKey = z
  .string()
  .max(200)
  .default('')
  .describe('The value of the key field, where the instrument repeats');
