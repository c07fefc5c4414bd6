/** Adverse events: which fields hold what, what their choices mean, and the tables of them. */
import { z } from 'zod';
import { formatKey } from './schema-descriptives.ts';
import { expression, identifier, slug, words } from './schema-words.ts';

/** What was done with the treatment, after ICH E2B(R3) G.k.8; `continued` where it is not told whether the dose changed. */
export const eventActions = {
  withdrawn: 'Treatment stopped',
  reduced: 'Dose reduced',
  increased: 'Dose increased',
  unchanged: 'Dose not changed',
  continued: 'Treatment continued',
  'not-applicable': 'Not applicable',
  unknown: 'Unknown',
} as const;
export type EventAction = keyof typeof eventActions;

/** The grades of CTCAE version 5.0. */
export const eventGrades = { 1: 'Mild', 2: 'Moderate', 3: 'Severe', 4: 'Life-threatening', 5: 'Death' } as const;
export type EventGrade = 1 | 2 | 3 | 4 | 5;

const actionNames = Object.keys(eventActions) as [EventAction, ...EventAction[]];
const field = (what: string) => identifier.describe(`Field: ${what}`);

export const adverseEventsSchema = z
  .strictObject({
    instrument: identifier.describe('The repeating instrument: a row is an event'),
    term: field('what happened, a choice or text'),
    grade: field('CTCAE grade, 1 to 5, or a choice that `grades` explains').optional(),
    grades: z
      .record(z.string(), z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]))
      .optional()
      .describe('Where the grade is a choice: the grade of each'),
    grading: z.string().default('CTCAE version 5.0').describe('What the grades are of, as printed'),
    onset: field('the date when it began').optional(),
    action: field('what was done with the treatment, a choice or yes and no').optional(),
    actions: z
      .record(z.string(), z.enum(actionNames))
      .optional()
      .describe('What each choice of the action means; of a yesno field: true, false'),
    outcome: field('how it ended, a choice').optional(),
    causality: field('whether the treatment caused it, a choice').optional(),
    serious: expression.optional().describe('Whether it was serious; focus: the row'),
    related: expression.optional().describe('Whether it counts as caused by the treatment; focus: the row'),
    start: expression.optional().describe('Day zero; focus: the subject; absent: that of the response'),
  })
  .describe('Which instrument holds the adverse events, and what its fields mean');

/** Columns of a table of patients. */
export const eventColumns = {
  any: 'Any grade',
  'grade-1': 'Grade 1',
  'grade-2': 'Grade 2',
  'grade-3': 'Grade 3',
  'grade-4': 'Grade 4',
  'grade-5': 'Grade 5',
  'grade-unknown': 'Grade unknown',
  'grade-3-up': 'Grade \u2265 3',
  serious: 'Serious',
  related: 'Related',
  withdrawn: 'Led to discontinuation',
} as const;
export type EventColumn = keyof typeof eventColumns;

/** Parts of a table of events. */
export const eventParts = ['term', 'grade', 'serious', 'related', 'action', 'outcome', 'causality', 'onset'] as const;
export type EventPart = (typeof eventParts)[number];

export const adverseEventTableSchema = z.strictObject({
  id: slug.describe(words.slug),
  kind: z.literal('adverse-events').describe('adverse-events: patients or events by term, or a list of them'),
  title: z.string().describe('Printed above'),
  count: z
    .enum(['patients', 'events', 'listing'])
    .describe(
      'patients: each once in a row, at the worst grade; events: each event; listing: a row for each event, its day told from the start',
    ),
  population: expression.optional().describe('Who could have had an event; absent: all analysed'),
  events: expression.optional().describe('Which events; focus: the event, as in adverseEvents; absent: all'),
  columns: z
    .array(z.enum(Object.keys(eventColumns) as [EventColumn, ...EventColumn[]]))
    .min(1)
    .optional()
    .describe('Of a table of patients; absent: any, grades 1 and 2, 3 and up, unknown, and what is declared'),
  parts: z.array(z.enum(eventParts)).min(1).optional().describe('Of a table of events; absent: all that are declared'),
  order: z
    .enum(['declared', 'frequency'])
    .default('declared')
    .describe('Of the terms: as the choices stand (text by alphabet), or the most frequent first'),
  hideEmpty: z.boolean().default(true).describe('Leaves out terms that nobody had'),
  percentDigits: z.int().min(0).max(2).default(0).describe('Decimal digits of percentages'),
  ...formatKey,
  footnotes: z.array(z.string()).default([]).describe('Printed below, without a letter'),
});

export type AdverseEventRules = z.infer<typeof adverseEventsSchema>;
export type AdverseEventTableSpec = z.infer<typeof adverseEventTableSchema>;
