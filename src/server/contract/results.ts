/** Results: the account, the tables and what stands behind a cell, statistics, figures, the response under other definitions. */
import { z } from 'zod';
import { accountStep } from './cohort.ts';
import { ofStudy, ofSubject, pageOf, pageQuery, route, subjectId } from './route.ts';

/** What results were worked out from, and whether they may still change. */
export const resultFacts = z.object({
  protocolVersion: z.string(),
  protocol: z.string().describe('SHA-256 of the protocol file'),
  snapshot: z.string().describe('Of the records'),
  lock: z.string().nullable().describe('SHA-256 of the settled review; null while anything in it is open'),
  open: z.int().describe('How much of the review is open: with any, every number may still change'),
});

const letters = z.array(z.string()).describe('Footnote letters');
const note = z.object({ letter: z.string().describe('Empty: of the whole table'), text: z.string() });

/** The address of a number or a figure. */
export const traced = z
  .string()
  .nullable()
  .describe(
    'To ask who stands behind it: TABLE/ROW/COLUMN, `value:` with a name, or `figure:` with an id; null: nobody',
  );

const printedCell = z.object({
  text: z.string().describe('As it is printed'),
  cell: traced,
});

const printedLine = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('heading'), label: z.string(), letters }),
  z.object({
    kind: z.literal('row'),
    label: z.string().describe('With the unit'),
    letters,
    depth: z.int().describe('How far it stands in, from 0'),
    cells: z.array(printedCell),
  }),
]);

export const printedTable = z.object({
  id: z.string(),
  number: z.int(),
  title: z.string(),
  columns: z.array(z.string()),
  lines: z.array(printedLine),
  notes: z.array(note),
});

export const resultsView = z.object({
  facts: resultFacts,
  account: z.object({ steps: z.array(accountStep), screened: z.int().describe('How many a person looked at') }),
  tables: z.array(printedTable),
  mayTrace: z.boolean().describe('Whether whoever asks may see who stands behind a number'),
});

/** A figure, drawn: its SVG has no script, and nothing of elsewhere. */
export const drawnFigure = z.object({
  id: z.string(),
  caption: z.string(),
  notes: z.array(z.string()),
  cell: traced,
  svg: z.string(),
});

export const statisticsView = z.object({
  facts: resultFacts,
  tables: z.array(printedTable),
  figures: z.array(drawnFigure),
});

const share = z.object({ n: z.int(), N: z.int(), percent: z.number().nullable() });

export const sensitivityView = z.object({
  facts: resultFacts,
  definitions: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      categories: z.array(z.object({ code: z.string(), label: z.string(), n: z.int() })),
      all: share.describe('Unknown counts as no response'),
      known: share.describe('Of those whose response is known'),
      bestCase: share.describe('Unknown counts as a response'),
      moved: z.int().describe('How many have another category than as declared'),
      movers: z
        .array(z.object({ subject: subjectId, from: z.string(), to: z.string() }))
        .describe('Empty for those who may not see who stands behind a number'),
    }),
  ),
});

/** A value, who said it, and how many places of the chart it rests on. */
const saidValue = z.object({
  instrument: z.string(),
  row: z.string().describe('Empty where the instrument does not repeat'),
  field: z.string(),
  label: z.string(),
  value: z.string().describe('As it is read: labels of choices, the unit; of a missing value its kind'),
  isMissing: z.boolean(),
  by: z.enum(['agreement', 'one-abstractor', 'adjudication']),
  reviewers: z.array(z.string()),
  reason: z.string().nullable().describe('Of an adjudication'),
});

export const tracedCell = z.object({
  facts: resultFacts,
  cell: z.string(),
  table: z.string().describe('Its title, or what else the number is of'),
  row: z.string(),
  column: z.string(),
  text: z.string(),
  n: z.int(),
  N: z.int(),
  decidedBy: z.array(z.string()).describe('The expressions of row, column and table'),
  subjects: pageOf(
    z.object({
      subject: subjectId,
      response: z.string().nullable().describe('The sentence of the verdict, where the cell asks for it'),
      values: z.array(saidValue.extend({ places: z.int().describe('Of the chart, cited') })),
    }),
  ),
});

/** A cited place: the sentence in its note, with a little of what stands around it; or a row of the records. */
const citedPlace = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('note'),
    note: z.string().describe('Its source id'),
    date: z.string().nullable(),
    type: z.string().nullable(),
    specialty: z.string().nullable(),
    start: z.int().describe('In UTF-16 units of the text of the note'),
    end: z.int(),
    before: z.string(),
    quote: z.string(),
    after: z.string(),
    isThere: z.boolean().describe('false: the note does not have these words there any more'),
  }),
  z.object({ kind: z.literal('record'), record: z.string().describe('The source id of the row') }),
]);

export const tracedSubject = z.object({
  subject: subjectId,
  response: z.string().nullable(),
  treatments: z.array(z.object({ sentence: z.string(), answers: z.array(z.string()), rows: z.array(z.string()) })),
  values: z.array(
    saidValue.extend({
      evidence: z.array(citedPlace),
      coverage: z
        .object({ notes: z.int(), terms: z.array(z.string()) })
        .nullable()
        .describe('What was read and searched before a value was called missing'),
    }),
  ),
});

const cellQuery = z.object({
  cell: z.string().min(1).max(500).describe('TABLE/ROW/COLUMN, or what else `cell` of a number or a figure says'),
});

export const figureTypes = ['svg', 'png'] as const;

export const resultRoutes = {
  results: route({
    id: 'results',
    method: 'get',
    path: '/studies/{study}/results',
    summary: 'The account and the tables, as the review stands',
    access: { study: 'results.view' },
    params: ofStudy,
    response: resultsView,
  }),
  resultStatistics: route({
    id: 'resultStatistics',
    method: 'get',
    path: '/studies/{study}/results/statistics',
    summary: 'What R computes, and the figures; the first look after a change takes seconds',
    access: { study: 'results.view' },
    params: ofStudy,
    response: statisticsView,
  }),
  resultFigure: route({
    id: 'resultFigure',
    method: 'get',
    path: '/studies/{study}/results/figures/{figure}',
    summary: 'A figure as a file',
    access: { study: 'results.view' },
    params: ofStudy.extend({ figure: z.string().max(200) }),
    query: z.object({ type: z.enum(figureTypes).default('svg') }),
    response: { file: ['image/svg+xml', 'image/png'] },
  }),
  sensitivity: route({
    id: 'sensitivity',
    method: 'get',
    path: '/studies/{study}/results/sensitivity',
    summary: 'The response under other definitions; no definition where the protocol has no response',
    access: { study: 'results.view' },
    params: ofStudy,
    response: sensitivityView,
  }),
  traceCell: route({
    id: 'traceCell',
    method: 'get',
    path: '/studies/{study}/results/trace',
    summary: 'The subjects behind a cell and the values that put them there; kept in the audit trail',
    access: { study: 'results.trace' },
    params: ofStudy,
    query: pageQuery.extend(cellQuery.shape),
    response: tracedCell,
  }),
  traceSubject: route({
    id: 'traceSubject',
    method: 'get',
    path: '/studies/{study}/results/trace/{subject}',
    summary: 'What puts a subject into a cell, down to the sentences; kept in the audit trail',
    access: { study: 'results.trace' },
    params: ofSubject,
    query: cellQuery,
    response: tracedSubject,
  }),
};
