/**
 * Who is meant, in terms of the records. An *event criterion* names rows of the records (a diagnosis, a drug, a visit, ...)
 * and holds for persons who have enough of them; others look at the person, and `all`, `any`, `none` and `of` combine them.
 */
import { z } from 'zod';
import { partialDate, slug, span } from './schema-words.ts';

const window = z
  .union([
    z.literal('period'),
    z.strictObject({
      from: partialDate.optional().describe('First day; quote a year alone'),
      to: partialDate.optional().describe('Last day; quote a year alone'),
    }),
  ])
  .describe('When the event happened: "period" is the period of the study; absent: at any time');

/** How one event stands to another: whichever of these a relation names. */
export const relations = ['before', 'after', 'onOrBefore', 'onOrAfter', 'of', 'overlapping'] as const;
export type RelationWord = (typeof relations)[number];

/** The event that another is related to: a named criterion of the protocol that is one, or an event criterion. */
export type EventReference = string | EventCriterion;

/** `{ within: 30 days, after: flare }`. Just one of the words of {@link relations}. */
export type Relation = Readonly<Partial<Record<RelationWord, EventReference | undefined>>> & {
  readonly within?: string | undefined;
  readonly atLeast?: string | undefined;
};

/** What every event criterion can say of its events. */
export interface Leaf {
  readonly during?: z.infer<typeof window> | undefined;
  readonly atLeast: number;
  readonly onDays?: number | undefined;
  readonly timing?: readonly Relation[] | undefined;
}

/** Where a drug row comes from; `table` is a file imported by a mapping, such as a pharmacy's. */
export const drugSources = ['order', 'dispense', 'administration', 'statement', 'table'] as const;
export type DrugSource = (typeof drugSources)[number];

/** Kinds of visits, by their classes in the records (HL7 v3 ActEncounterCode). */
export const visitKinds = {
  any: undefined,
  ambulatory: ['AMB'],
  inpatient: ['IMP', 'ACUTE', 'NONAC', 'SS', 'OBSENC'],
  emergency: ['EMER'],
  home: ['HH'],
  virtual: ['VR'],
} as const satisfies Readonly<Record<string, readonly string[] | undefined>>;
export type VisitKind = keyof typeof visitKinds;

/** How sure a diagnosis is (FHIR R4, condition-ver-status); `unknown` where the records do not say. */
export const verifications = [
  'confirmed',
  'unconfirmed',
  'provisional',
  'differential',
  'refuted',
  'entered-in-error',
  'unknown',
] as const;
export type Verification = (typeof verifications)[number];

/** A limit of a measurement: numbers in `unit`, or where it lies in the laboratory's own reference range. */
export interface ValueLimits {
  readonly above?: number | undefined;
  readonly atLeast?: number | undefined;
  readonly below?: number | undefined;
  readonly atMost?: number | undefined;
  readonly range?: 'low' | 'normal' | 'high' | undefined;
}

interface Provider {
  readonly specialties?: readonly string[] | undefined;
  readonly exceptSpecialties?: readonly string[] | undefined;
}

/** A criterion about rows of the records. The first key says of which kind. */
export type EventCriterion =
  | ({ readonly condition: string; readonly verification?: readonly Verification[] | undefined } & Leaf)
  | ({ readonly procedure: string } & Leaf)
  | ({
      readonly drug: string;
      readonly routes?: readonly string[] | undefined;
      readonly forms?: readonly string[] | undefined;
      readonly sources?: readonly DrugSource[] | undefined;
    } & Leaf)
  | ({
      readonly measurement: string;
      readonly value?: ValueLimits | undefined;
      readonly unit?: string | undefined;
    } & Leaf)
  | ({ readonly observation: string } & Leaf)
  | ({ readonly note: string } & Leaf)
  | ({
      readonly visit: VisitKind;
      readonly sites?: readonly string[] | undefined;
      readonly exceptSites?: readonly string[] | undefined;
    } & Provider &
      Leaf)
  | ({ readonly contact: 'any'; readonly exceptSites?: readonly string[] | undefined } & Provider & Leaf)
  | ({ readonly death: 'any' } & Leaf);

/** Completed years, at the start of the period unless `at` says at the index event. */
export interface AgeLimits {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly at?: 'index' | undefined;
}

export type Criterion =
  | EventCriterion
  | { readonly age: AgeLimits }
  | { readonly sex: 'female' | 'male' | 'other' | 'unknown' }
  | { readonly criterion: string }
  | { readonly all: readonly Criterion[] }
  | { readonly any: readonly Criterion[] }
  | { readonly none: readonly Criterion[] }
  | { readonly atLeast: number; readonly of: readonly Criterion[] };

const reference: z.ZodType<EventReference> = z
  .lazy(() => z.union([slug, ...events]))
  .describe('The name of a criterion of the protocol that is an event, `index`, or an event');

const relation = z
  .strictObject({
    within: span.optional().describe('At most so long: 30 days, 2 weeks, 6 months, 1 year'),
    atLeast: span.optional().describe('At least so long'),
    before: reference.optional().describe('On an earlier day than this event'),
    after: reference.optional().describe('On a later day than this event'),
    onOrBefore: reference.optional().describe('On the same or an earlier day'),
    onOrAfter: reference.optional().describe('On the same or a later day'),
    of: reference.optional().describe('Earlier, later or on the same day'),
    overlapping: reference.optional().describe('At the same time, from start to end'),
  })
  .refine((one) => relations.filter((word) => one[word] !== undefined).length === 1, {
    message: `one of ${relations.join(', ')} says to which event`,
  });

const leaf = {
  during: window.optional(),
  atLeast: z.int().min(1).default(1).describe('How many such events'),
  onDays: z.int().min(1).optional().describe('On how many different days'),
  timing: z.array(relation).min(1).optional().describe('How the event stands to others; every one of these must hold'),
};
const names = z.array(z.string().regex(/\S/, 'a name')).min(1);
const provider = {
  specialties: names.optional().describe('Of the provider, as the records have it'),
  exceptSpecialties: names.optional().describe('Of a provider with a specialty that is none of these'),
};
const exceptSites = names.optional().describe('At a site that is none of these');
const conceptSet = slug.describe('A concept set');

const events = [
  z
    .strictObject({
      condition: conceptSet,
      verification: z
        .array(z.enum(verifications))
        .min(1)
        .optional()
        .describe('confirmed, provisional, ...; absent: all but refuted and entered in error'),
      ...leaf,
    })
    .meta({ id: 'condition-event' }),
  z.strictObject({ procedure: conceptSet, ...leaf }).meta({ id: 'procedure-event' }),
  z
    .strictObject({
      drug: conceptSet,
      routes: z.array(z.string()).optional().describe('Overrides the routes of the concept set'),
      forms: names.optional().describe('ointment, gel, tablet: words of the dose form or of the text'),
      sources: z.array(z.enum(drugSources)).optional().describe('Only such rows; table: an imported file'),
      ...leaf,
    })
    .meta({ id: 'drug-event' }),
  z
    .strictObject({
      measurement: conceptSet,
      value: z
        .strictObject({
          above: z.number().optional().describe('More than this'),
          atLeast: z.number().optional().describe('This or more'),
          below: z.number().optional().describe('Less than this'),
          atMost: z.number().optional().describe('This or less'),
          range: z.enum(['low', 'normal', 'high']).optional().describe("By the laboratory's own reference range"),
        })
        .optional()
        .describe('Absent: any value'),
      unit: z.string().optional().describe('Of the numbers, in UCUM: mg/dL; absent: the unit of the concept set'),
      ...leaf,
    })
    .meta({ id: 'measurement-event' }),
  z.strictObject({ observation: conceptSet, ...leaf }).meta({ id: 'observation-event' }),
  z
    .strictObject({ note: z.string().describe('A query of the search language: affirmed(@gout)'), ...leaf })
    .meta({ id: 'note-event' }),
  z
    .strictObject({
      visit: z.enum(Object.keys(visitKinds) as [VisitKind, ...VisitKind[]]).describe('Which visits'),
      sites: names.optional().describe('Where, as the records name it'),
      exceptSites,
      ...provider,
      ...leaf,
    })
    .meta({ id: 'visit-event' }),
  z
    .strictObject({
      contact: z.literal('any').describe('A visit, note, procedure or measurement: the person was seen'),
      exceptSites,
      ...provider,
      ...leaf,
    })
    .meta({ id: 'contact-event' }),
  z.strictObject({ death: z.literal('any').describe('The person died'), ...leaf }).meta({ id: 'death-event' }),
] as const;

/** An event criterion alone. */
export const eventSchema: z.ZodType<EventCriterion> = z.union(events);

export const criterionSchema: z.ZodType<Criterion> = z.lazy(() =>
  z.union([
    // Not a union in a union: of its alternatives, the one that was meant is told.
    ...events,
    z.strictObject({
      age: z
        .strictObject({
          min: z.number().optional().describe('At least'),
          max: z.number().optional().describe('At most'),
          at: z.literal('index').optional().describe('At the index event; absent: at the start of the period'),
        })
        .describe('In completed years'),
    }),
    z.strictObject({ sex: z.enum(['female', 'male', 'other', 'unknown']).describe('As recorded') }),
    z.strictObject({ criterion: slug.describe('A named criterion of the protocol') }),
    z.strictObject({ all: z.array(criterionSchema).min(1).describe('Who meets every one of these') }),
    z.strictObject({ any: z.array(criterionSchema).min(1).describe('Who meets at least one of these') }),
    z.strictObject({ none: z.array(criterionSchema).min(1).describe('Who meets none of these') }),
    z.strictObject({
      atLeast: z.int().min(1).describe('How many of these'),
      of: z.array(criterionSchema).min(1).describe('Who meets at least so many of these'),
    }),
  ]),
);
