import { z } from 'zod';
import { limitKeys } from './schema-response-limits.ts';
import { expression, identifier, slug, words } from './schema-words.ts';

/** What one assessment says of a lesion, in the engine's own words. */
export const lesionStatuses = ['resolved', 'improved', 'unchanged', 'worsened', 'recurred', 'not-evaluable'] as const;
export type LesionStatus = (typeof lesionStatuses)[number];

const statuses = z.record(z.string(), z.enum(lesionStatuses)).describe('What each choice of the status field means');
const start = expression.describe('Day zero of the treatment; focus: the subject');
const categories = z
  .array(
    z.strictObject({
      code: z.string().describe('Stored, and used in expressions'),
      label: z.string().describe(words.label),
      when: expression
        .optional()
        .describe(
          'Focus: the lesion: assessments, evaluable, resolved, regressed, recurred, persisted, worsened, last, days, change, bestChange, confirmed, unconfirmed, durable, durationMonths, recurredAfterMonths, byPatient, byProvider, byMeasurement. Absent: every lesion left over',
        ),
    }),
  )
  .min(2)
  .describe('Best first. A lesion has the first category whose rule holds');
const unknown = z.string().describe('The category of a lesion or a subject that cannot be judged');
const patient = z
  .enum(['best', 'worst', 'all', 'any', 'index'])
  .describe(
    'Best or worst of the known lesions; all: the worst, unknown where one is unknown; any: the best where one responds, else as all but the best; index: that of the lesion that `index` names',
  );
const index = expression.describe('For `patient: index`: the name of the lesion that decides; focus: the subject');
const responders = z.array(z.string()).describe('The categories that count as response');

/** `null` takes the part away. The description goes along, for editors. */
const removable = <Schema extends z.ZodType>(schema: Schema): z.ZodOptional<z.ZodNullable<Schema>> =>
  schema
    .nullable()
    .optional()
    .describe(schema.description ?? '');

const alternativeSchema = z
  .strictObject({
    id: slug.describe(words.slug),
    label: z.string().describe(words.label),
    statuses: statuses.optional(),
    start: start.optional(),
    categories: categories.optional(),
    unknown: unknown.optional(),
    patient: patient.optional(),
    index: index.optional(),
    responders: responders.optional(),
    counts: removable(limitKeys.counts),
    window: removable(limitKeys.window),
    improvement: removable(limitKeys.improvement),
    worsening: removable(limitKeys.worsening),
    confirmation: removable(limitKeys.confirmation),
    recurrence: removable(limitKeys.recurrence),
    durability: removable(limitKeys.durability),
    exposure: removable(limitKeys.exposure),
  })
  .describe('Another definition of response: what it changes; null takes a part away');

export const responseSchema = z.strictObject({
  assessments: z
    .strictObject({
      instrument: identifier.describe('The repeating instrument'),
      lesion: identifier.describe('Field: which lesion'),
      date: identifier.describe('Field: when it was assessed'),
      status: identifier.describe('Field: how it was'),
      size: identifier.optional().describe('Field: a number, as the longest diameter; smaller is better'),
      score: identifier.optional().describe('Field: a number, the score of an instrument'),
      basis: identifier.optional().describe('Field: a choice, who or what says so'),
    })
    .describe('The repeating instrument that holds the assessments'),
  statuses,
  bases: z
    .record(z.string(), z.enum(['patient', 'provider', 'measurement', 'both']))
    .optional()
    .describe('What each choice of the basis field means; both: patient and provider'),
  start,
  categories,
  unknown,
  patient,
  index: index.optional(),
  responders,
  counts: limitKeys.counts.optional(),
  window: limitKeys.window.optional(),
  improvement: limitKeys.improvement.optional(),
  worsening: limitKeys.worsening.optional(),
  confirmation: limitKeys.confirmation.optional(),
  recurrence: limitKeys.recurrence.optional(),
  durability: limitKeys.durability.optional(),
  exposure: limitKeys.exposure.optional(),
  alternatives: z
    .array(alternativeSchema)
    .optional()
    .describe('Other definitions, under which the study is run again for the sensitivity table'),
});

export type ResponseRules = z.infer<typeof responseSchema>;
export type ResponseAlternative = z.infer<typeof alternativeSchema>;
