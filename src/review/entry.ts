/**
 * What reviewers say, as it stands in a file (`*.ndjson`, one entry a line). An entry fills one
 * record: one subject, one instrument, one row, one reviewer. Loading it twice changes nothing; loading a changed one is
 * a new revision, and the old one stays.
 */
import { z } from 'zod';
import { missingKinds } from '../protocol/index.ts';

/** A place in a note. `start` and `end` count UTF-16 units of the note's text; `quote` is the text between them. */
const noteEvidence = z.strictObject({
  note: z.string(),
  start: z.int().min(0),
  end: z.int().min(1),
  quote: z.string().min(1),
});
/** A row of the records, by its source id: `MedicationDispense/123`. */
const recordEvidence = z.strictObject({ record: z.string() });
export const evidenceSchema = z.union([noteEvidence, recordEvidence]);

/** What was read before a value was called missing: the proof of absence. */
const coverageSchema = z.strictObject({
  notes: z.array(z.string()).describe('Notes that were open'),
  terms: z.array(z.string()).describe('Words that were searched'),
});

export const scalarSchema = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
export const answerSchema = z.union([
  z.strictObject({
    value: scalarSchema,
    evidence: z.array(evidenceSchema).default([]),
    comment: z.string().optional(),
  }),
  z.strictObject({
    missing: z.enum(missingKinds),
    evidence: z.array(evidenceSchema).default([]),
    coverage: coverageSchema.optional(),
    comment: z.string().optional(),
  }),
]);

/** A name of the protocol. Messages may show it, so that it must not be able to hold a sentence. */
const name = z.string().regex(/^\w{1,100}$/);

const common = {
  person: z.string().describe('The person by source id: Patient/123'),
  instrument: name,
  row: z.string().optional().describe('The value of the key field, where the instrument repeats'),
  at: z.iso.datetime({ offset: true }).describe('When it was said'),
};

export const entrySchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('abstraction'),
    ...common,
    reviewer: z.string(),
    values: z.record(name, answerSchema),
  }),
  z.strictObject({
    kind: z.literal('adjudication'),
    ...common,
    adjudicator: z.string(),
    field: name,
    answer: answerSchema,
    reason: z.string().min(1),
  }),
]);

export type Entry = z.infer<typeof entrySchema>;
export type AbstractionEntry = Extract<Entry, { kind: 'abstraction' }>;
export type AdjudicationEntry = Extract<Entry, { kind: 'adjudication' }>;
export type Answer = z.infer<typeof answerSchema>;
export type Evidence = z.infer<typeof evidenceSchema>;
export type Scalar = z.infer<typeof scalarSchema>;
