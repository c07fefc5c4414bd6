/**
 * The shape of `protocol.yaml`, format 1. One zod schema is the validation, the TypeScript type and the published JSON
 * Schema. References between parts (a criterion that names a concept set, an exclusion that names an instrument) and the
 * FHIRPath expressions are checked in `check.ts`, which this schema cannot do.
 */
import { z } from 'zod';
import { adverseEventsSchema, adverseEventTableSchema } from './schema-adverse-events.ts';
import { criterionSchema } from './schema-criteria.ts';
import { figureSchema } from './schema-figures.ts';
import { indexSchema } from './schema-index.ts';
import { instrumentSchema } from './schema-instruments.ts';
import { releaseSchema } from './schema-release.ts';
import { responseSchema } from './schema-response.ts';
import { statisticSchema } from './schema-statistics.ts';
import { tableSchema } from './schema-tables.ts';
import { termsSchema } from './schema-terms.ts';
import { treatmentSchema } from './schema-treatments.ts';
import { analysedSchema, variableSchema } from './schema-variables.ts';
import { expression, identifier, partialDate, slug, words } from './schema-words.ts';

const conceptSetSchema = z
  .strictObject({
    label: z.string().describe(words.label),
    codes: z
      .array(
        z.strictObject({
          system: z.string().describe('OMOP vocabulary id: ICD9CM, ICD10CM, SNOMED, RxNorm, LOINC, CPT4, ...'),
          code: z.string().describe('Quote it in YAML: 709.3 would be read as a number'),
          descendants: z.boolean().default(true).describe('Codes below this one count too'),
          mapped: z
            .boolean()
            .default(false)
            .describe(
              'Codes of other systems count too that an imported crosswalk gives for these (docs/vocabulary.md)',
            ),
          exclude: z.boolean().default(false).describe('This code (and those below it) is not of the set'),
        }),
      )
      .default([])
      .describe('Codes of diagnoses, procedures or drugs'),
    drugs: z
      .strictObject({
        names: z
          .array(z.string().regex(/\S/, 'a name'))
          .default([])
          .describe('Matched as whole words in the text of an order or a dispense'),
        routes: z.array(z.string()).optional().describe('topical, intravenous, oral, ...; absent: any route'),
      })
      .optional()
      .describe('Drugs by the words in their text, where they have no code'),
    unit: z.string().optional().describe('Of measurements, in UCUM: mg/dL'),
    molarMass: z.number().positive().optional().describe('In g/mol: makes mg/dL of umol/L'),
    terms: termsSchema
      .default([])
      .describe('Words and phrases in notes; a search says @id for them; abstraction proposes sentences with them'),
  })
  .describe('What counts as one clinical idea: codes, drugs and words');

const armSchema = z.strictObject({
  id: slug.describe(words.slug),
  label: z.string().describe(words.label),
  criterion: criterionSchema.describe('Who is found by this arm'),
});

const exclusionSchema = z
  .strictObject({
    id: slug.describe(words.slug),
    label: z.string().describe(words.label),
    rule: criterionSchema.optional().describe('Excluded by the records: persons who meet this criterion'),
    reviewer: z
      .strictObject({ instrument: identifier.describe('The instrument that is asked'), when: expression })
      .optional()
      .describe('Excluded by a person: the settled record of this instrument meets this expression'),
  })
  .refine((exclusion) => (exclusion.rule === undefined) !== (exclusion.reviewer === undefined), {
    message: 'an exclusion is either by rule or by reviewer',
  });

const silence = z
  .strictObject({
    letters: z.int().min(1).describe('At least so many letters asked for a decision'),
    days: z.int().min(1).describe('So many days have passed since that letter'),
  })
  .describe('Granted only after letters that were not answered; else refused');

export const protocolSchema = z
  .strictObject({
    chartproof: z.literal(1).describe('The version of this file format'),
    id: slug.describe('Of the study: the name of its folder; small letters, digits, hyphens'),
    version: z.string().describe('Of the protocol, chosen by its authors: "1.0"; quote it'),
    title: z.string().describe('Of the study, as it is printed'),
    question: z.string().optional().describe('What the study asks, one sentence'),
    period: z
      .strictObject({
        start: partialDate.describe('First day: 2012, 2012-03 or 2012-03-05; quote a year alone'),
        end: partialDate.describe('Last day: 2012, 2012-03 or 2012-03-05; quote a year alone'),
      })
      .describe('The period of the study, both ends included'),
    registration: z
      .strictObject({
        registry: z.string().describe('Where the study is registered'),
        number: z.string().optional().describe('Its number there'),
        ethics: z.string().optional().describe('Committee and number of the approval'),
      })
      .optional()
      .describe('Registration and approval, as reported'),
    concepts: z.record(slug, conceptSetSchema).default({}).describe('Concept sets by name'),
    authorization: z
      .strictObject({
        asOf: partialDate.describe('Decisions after this day do not count'),
        noneOnRecord: z
          .union([z.enum(['granted', 'refused']), z.strictObject({ grantedAfter: silence })])
          .describe('What counts when a person never answered'),
      })
      .describe('The gate before every query: whose records may be used for research'),
    criteria: z
      .record(slug, criterionSchema)
      .default({})
      .describe('Criteria by name, for others to name: `criterion: NAME`, `after: NAME`'),
    index: indexSchema.optional(),
    arms: z
      .array(armSchema)
      .min(1)
      .describe('The ways in which patients are found; one candidate may be found by several'),
    exclusions: z
      .array(exclusionSchema)
      .default([])
      .describe('In the order of print: the first that holds is the reason'),
    instruments: z.array(instrumentSchema).min(1).describe('The forms that are filled in, in their order'),
    review: z
      .strictObject({
        screening: identifier.describe('The instrument filled in for every candidate that no rule excludes'),
        abstractors: z
          .int()
          .min(1)
          .default(2)
          .describe('How many people abstract a chart that is abstracted independently'),
        doubleShare: z.number().min(0).max(1).default(1).describe('Share of the charts abstracted by more than one'),
        blinded: z.boolean().default(true).describe("Abstractors do not see each other's entries"),
      })
      .describe('Who reads which charts'),
    treatments: z
      .record(identifier, treatmentSchema)
      .default({})
      .describe('Treatments by name, as expressions name them: `treatments.steroids.prior`'),
    response: responseSchema.optional().describe('From assessments of lesions to the response of a subject'),
    adverseEvents: adverseEventsSchema.optional(),
    variables: z
      .array(variableSchema)
      .default([])
      .describe('Derived, one value a subject, in FHIRPath; later ones may use earlier ones'),
    analysed: analysedSchema.optional().describe('Who of those included is analysed; absent: all'),
    tables: z
      .array(z.discriminatedUnion('kind', [tableSchema, adverseEventTableSchema]))
      .default([])
      .describe('Tables to print'),
    figures: z.array(figureSchema).default([]).describe('Figures to print'),
    statistics: z.array(statisticSchema).default([]).describe('Proportions with their confidence intervals'),
    release: releaseSchema,
  })
  .describe('A Chartproof study protocol');

/** A protocol as parsed, with every default filled in. */
export type Protocol = z.infer<typeof protocolSchema>;
export type ConceptSet = z.infer<typeof conceptSetSchema>;
export type Arm = z.infer<typeof armSchema>;
export type Exclusion = z.infer<typeof exclusionSchema>;
