/**
 * The cohort definitions of OHDSI ATLAS, as its engine Circe reads and writes them in JSON (Circe-be 1.x). One says
 *
 * - `ConceptSets`: codes, each set with a number that criteria name as `CodesetId`;
 * - `PrimaryCriteria`: the events with which a person may enter, within so many days of observation, and which of them count;
 * - `AdditionalCriteria`, `InclusionRules`: what must hold of such an event, in windows of days around it;
 * - when the person leaves again (`EndStrategy`, `CensoringCriteria`), for which Chartproof has nothing.
 *
 * A criterion is an object with one key, its kind: `{ "ConditionOccurrence": { "CodesetId": 1 } }`. Keys may be missing or
 * null, which is the same. Keys that are not named here are kept, so that whoever reads can name them.
 */
import { z } from 'zod';

const flag = z.boolean().nullish();
const text = z.string().nullish();
const days = z.int().min(0).nullish();

const concept = z.looseObject({
  CONCEPT_ID: z.int().nullish(),
  CONCEPT_NAME: text,
  CONCEPT_CODE: text,
  VOCABULARY_ID: text,
  STANDARD_CONCEPT: text.describe('S standard, C classification, N (or null) neither'),
});
const concepts = z.array(concept).nullish();

const conceptSet = z.looseObject({
  id: z.int(),
  name: text,
  expression: z.looseObject({
    items: z
      .array(z.looseObject({ concept, isExcluded: flag, includeDescendants: flag, includeMapped: flag }))
      .nullish(),
  }),
});

const operator = z.enum(['lt', 'lte', 'eq', '!eq', 'gt', 'gte', 'bt', '!bt']);
const numericRange = z.looseObject({ Value: z.number(), Op: operator, Extent: z.number().nullish() });
const dateRange = z.looseObject({
  Value: z.iso.date(),
  Op: operator,
  Extent: z.iso.date().nullish(),
});

const endpoint = z.looseObject({
  Days: days.describe('Absent: as far as the observation reaches'),
  TimeUnit: text,
  TimeUnitValue: days,
  Coeff: z.union([z.literal(-1), z.literal(1)]).describe('-1 before the event, 1 after it'),
});
const window = z.looseObject({ Start: endpoint, End: endpoint, UseIndexEnd: flag, UseEventEnd: flag });

const occurrence = z.looseObject({
  Type: z.union([z.literal(0), z.literal(1), z.literal(2)]).describe('0 exactly, 1 at most, 2 at least'),
  Count: z.int().min(0),
  IsDistinct: flag,
  CountColumn: text.describe('What is distinct; absent: the concept'),
});

const criterion = z
  .record(
    z.string(),
    z.looseObject({
      CodesetId: z.int().nullish(),
      First: flag,
      Age: numericRange.nullish(),
      OccurrenceStartDate: dateRange.nullish(),
      Gender: concepts,
      ValueAsNumber: numericRange.nullish(),
      Unit: concepts,
      RangeLowRatio: numericRange.nullish(),
      RangeHighRatio: numericRange.nullish(),
      CorrelatedCriteria: z.lazy(() => group).nullish(),
    }),
  )
  .refine((one) => Object.keys(one).length === 1, 'a criterion has one key, its kind');

const correlated = z.looseObject({
  Criteria: criterion,
  StartWindow: window.nullish(),
  EndWindow: window.nullish(),
  Occurrence: occurrence,
  RestrictVisit: flag,
  IgnoreObservationPeriod: flag,
});

const demographic = z.looseObject({ Age: numericRange.nullish(), Gender: concepts });

/** Criteria that must hold together, of an event: all of them, any, at least or at most `Count`. */
export interface Group {
  readonly Type: 'ALL' | 'ANY' | 'AT_LEAST' | 'AT_MOST';
  readonly Count?: number | null | undefined;
  readonly CriteriaList?: readonly Correlated[] | null | undefined;
  readonly DemographicCriteriaList?: readonly Demographic[] | null | undefined;
  readonly Groups?: readonly Group[] | null | undefined;
}

const group: z.ZodType<Group> = z.lazy(() =>
  z.looseObject({
    Type: z.enum(['ALL', 'ANY', 'AT_LEAST', 'AT_MOST']),
    Count: z.int().min(0).nullish(),
    CriteriaList: z.array(correlated).nullish(),
    DemographicCriteriaList: z.array(demographic).nullish(),
    Groups: z.array(group).nullish(),
  }),
);

const limit = z.looseObject({ Type: z.enum(['First', 'Last', 'All']).nullish().describe('Absent: First') }).nullish();

export const definitionSchema = z.looseObject({
  cdmVersionRange: text,
  Title: text,
  ConceptSets: z.array(conceptSet).nullish(),
  PrimaryCriteria: z.looseObject({
    CriteriaList: z.array(criterion).min(1),
    ObservationWindow: z.looseObject({ PriorDays: days, PostDays: days }).nullish(),
    PrimaryCriteriaLimit: limit,
  }),
  AdditionalCriteria: group.nullish(),
  QualifiedLimit: limit,
  ExpressionLimit: limit,
  InclusionRules: z.array(z.looseObject({ name: text, description: text, expression: group })).nullish(),
});

export type Definition = z.infer<typeof definitionSchema>;
export type CirceConceptSet = z.infer<typeof conceptSet>;
export type CirceConcept = z.infer<typeof concept>;
export type CirceCriterion = z.infer<typeof criterion>;
export type Attributes = CirceCriterion[string];
export type Correlated = z.infer<typeof correlated>;
export type Demographic = z.infer<typeof demographic>;
export type CirceWindow = z.infer<typeof window>;
export type NumericRange = z.infer<typeof numericRange>;
export type DateRange = z.infer<typeof dateRange>;
