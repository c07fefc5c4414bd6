/**
 * The shape of `protocol.yaml`, format 1. One zod schema is the validation, the TypeScript type and the published JSON
 * Schema. References between parts (a criterion that names a concept set, an exclusion that names an instrument) and the
 * FHIRPath expressions are checked in `check.ts`, which this schema cannot do.
 */
import { z } from 'zod';
import { criterionSchema } from './schema-criteria.ts';
import { instrumentSchema } from './schema-instruments.ts';
import { figureSchema, responseSchema, statisticSchema, tableSchema, variableSchema } from './schema-results.ts';
import { expression, identifier, partialDate, slug } from './schema-words.ts';

const conceptSetSchema = z
  .strictObject({
    label: z.string(),
    codes: z
      .array(
        z.strictObject({
          system: z.string().describe('OMOP vocabulary id: ICD9CM, ICD10CM, SNOMED, RxNorm, LOINC, CPT4, ...'),
          code: z.string().describe('Quote it in YAML: 709.3 would be read as a number'),
          descendants: z.boolean().default(true).describe('Codes below this one count too'),
        }),
      )
      .default([]),
    drugs: z
      .strictObject({
        names: z.array(z.string()).default([]).describe('Matched as whole words in the text of an order or a dispense'),
        routes: z.array(z.string()).optional().describe('topical, intravenous, oral, ...; absent: any route'),
      })
      .optional(),
    terms: z
      .array(z.strictObject({ text: z.string(), synonyms: z.array(z.string()).default([]) }))
      .default([])
      .describe('Words and phrases in notes; a search says @id for them; abstraction proposes sentences with them'),
  })
  .describe('What counts as one clinical idea: codes, drugs and words');

const armSchema = z.strictObject({ id: slug, label: z.string(), criterion: criterionSchema });

const exclusionSchema = z
  .strictObject({
    id: slug,
    label: z.string(),
    rule: criterionSchema.optional().describe('Excluded by the records: persons who meet this criterion'),
    reviewer: z
      .strictObject({ instrument: identifier, when: expression })
      .optional()
      .describe('Excluded by a person: the settled record of this instrument meets this expression'),
  })
  .refine((exclusion) => (exclusion.rule === undefined) !== (exclusion.reviewer === undefined), {
    message: 'an exclusion is either by rule or by reviewer',
  });

export const protocolSchema = z
  .strictObject({
    chartproof: z.literal(1).describe('The version of this file format'),
    id: slug,
    version: z.string().describe('Of the protocol, chosen by its authors: "1.0"; quote it'),
    title: z.string(),
    question: z.string().optional(),
    period: z.strictObject({ start: partialDate, end: partialDate }),
    registration: z
      .strictObject({ registry: z.string(), number: z.string().optional(), ethics: z.string().optional() })
      .optional(),
    concepts: z.record(slug, conceptSetSchema).default({}),
    authorization: z
      .strictObject({
        asOf: partialDate.describe('Decisions after this day do not count'),
        noneOnRecord: z.enum(['granted', 'refused']).describe('What counts when a person never answered'),
      })
      .describe('The gate before every query: whose records may be used for research'),
    arms: z.array(armSchema).min(1),
    exclusions: z
      .array(exclusionSchema)
      .default([])
      .describe('In the order of print: the first that holds is the reason'),
    instruments: z.array(instrumentSchema).min(1),
    review: z.strictObject({
      screening: identifier.describe('The instrument filled in for every candidate that no rule excludes'),
      abstractors: z
        .int()
        .min(1)
        .default(2)
        .describe('How many people abstract a chart that is abstracted independently'),
      doubleShare: z.number().min(0).max(1).default(1).describe('Share of the charts abstracted by more than one'),
      blinded: z.boolean().default(true).describe("Abstractors do not see each other's entries"),
    }),
    response: responseSchema.optional(),
    variables: z
      .array(variableSchema)
      .default([])
      .describe('Derived, one value a subject, in FHIRPath; later ones may use earlier ones'),
    tables: z.array(tableSchema).default([]),
    figures: z.array(figureSchema).default([]),
    statistics: z.array(statisticSchema).default([]),
  })
  .describe('A Chartproof study protocol');

/** A protocol as parsed, with every default filled in. */
export type Protocol = z.infer<typeof protocolSchema>;
export type ConceptSet = z.infer<typeof conceptSetSchema>;
export type Arm = z.infer<typeof armSchema>;
export type Exclusion = z.infer<typeof exclusionSchema>;
