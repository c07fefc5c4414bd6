/** Treatments of a subject: which rows of the records and which statements of the chart they are, and what is asked of them. */
import { z } from 'zod';
import { drugSources } from './schema-criteria.ts';
import { expression, identifier, slug, span, words } from './schema-words.ts';

/** `30 days`, `4 weeks`: months are not of one length, and a gap is counted in days. */
const daySpan = z.string().regex(/^\d{1,4} (?:day|week)s?$/, 'a length of time in days or weeks such as 30 days');

const fieldOf = (what: string) => identifier.optional().describe(`Field: ${what}`);

const statementsSchema = z
  .strictObject({
    instrument: identifier.describe('The instrument whose records state a use of the drug'),
    when: expression.optional().describe('Which records; focus: the record. Absent: all'),
    start: identifier.describe('Field: first day of use, as precise as the chart is'),
    stop: fieldOf(
      'last day of use. Documented as absent or not applicable: still in use at the end of the period; no value else: unknown',
    ),
    dose: fieldOf('dose at one time, a number; its unit is that of the field'),
    frequency: fieldOf('times a day, a number, or a choice that `timesPerDay` gives the numbers of'),
    timesPerDay: z
      .record(z.string(), z.number().positive())
      .optional()
      .describe('What each choice of the field `frequency` means: { twice: 2, alternate_days: 0.5 }'),
    amount: fieldOf('amount supplied, a number; its unit is that of the field'),
    refills: fieldOf('how often it was supplied again, a whole number'),
  })
  .describe('Uses of the drug that reviewers abstracted');

const windowsSchema = z
  .strictObject({
    prior: z
      .union([z.literal('any'), span])
      .optional()
      .describe('`prior`: in use on a day before the start, at any time or within 6 months, say'),
    concurrent: z.literal(true).optional().describe('`concurrent`: in use on a day from start to stop'),
    recentlyChanged: z
      .strictObject({
        within: span.describe('How long before the start: 3 months'),
        during: z.boolean().default(true).describe('Changes from the start to the stop count too'),
      })
      .optional()
      .describe('`recentlyChanged`: begun, stopped, or another dose'),
  })
  .describe('Questions about the time around the treatment of interest');

export const treatmentSchema = z
  .strictObject({
    label: z.string().describe(words.label),
    concept: slug.optional().describe('The concept set of the drug: rows of the records. Absent: statements alone'),
    sources: z
      .array(z.enum(drugSources))
      .min(1)
      .optional()
      .describe('Kinds of rows: order, dispense, administration, statement, table. Absent: all'),
    routes: z.array(z.string()).min(1).optional().describe('Overrides the routes of the concept set'),
    forms: z.array(z.string().regex(/\S/, 'a name')).min(1).optional().describe('Words of the dose form or the text'),
    statements: statementsSchema.optional(),
    gap: daySpan
      .default('30 days')
      .describe('Uses at most so many days without the drug apart are one episode; a longer gap ends it'),
    supply: daySpan
      .optional()
      .describe('How long an order or a dispense lasts that says neither a stop nor a supply. Absent: one day'),
    countRefills: z
      .boolean()
      .default(false)
      .describe('An order lasts once more for each refill that it allows. Else a refill counts when it is dispensed'),
    carryOver: z
      .boolean()
      .default(false)
      .describe('What is left of a supply when the next begins is used after it. Else the overlap counts once'),
    persistence: span.optional().describe('`persistent`: no longer gap within so long after the first start'),
    relativeTo: z
      .strictObject({
        start: expression.describe(
          'First day of the treatment of interest; focus: the subject with its instruments and the treatments above',
        ),
        stop: expression.optional().describe('Its last day. Absent: the start alone; no value: unknown'),
      })
      .optional()
      .describe('The treatment of interest, around which the windows lie'),
    windows: windowsSchema.optional(),
  })
  .describe('A treatment: uses of a drug, joined to episodes');

export type TreatmentRules = z.infer<typeof treatmentSchema>;

/** What an episode holds in an expression: `treatments.ID.episodes.first().dose`. */
const EPISODE = [
  'start startEarliest startLatest stop stopEarliest stopLatest ongoing sure lengthDays lengthMonths gapDays frequency',
  'dose doseUnit dosePer doseByText lastDose lastDoseUnit lastDosePer lastDoseByText',
  'amount amountUnit fills refills refillsAllowed',
].flatMap((names) => names.split(' '));

const TREATMENT = [
  'ever count first last treatedDays treatedMonths ongoing amount amountUnit fills refills refillsAllowed doseChanges',
  'covered persistent prior concurrent recentlyChanged',
].flatMap((names) => names.split(' '));

function nothingIn(names: readonly string[]): Readonly<Record<string, undefined>> {
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

/** What `treatments.ID` holds in an expression, with what its episodes hold. */
export const treatmentNames = {
  ...nothingIn(TREATMENT),
  episodes: { ...nothingIn(EPISODE), doseChanges: ['on', 'from', 'to', 'unit', 'direction'] },
} as const;
