/**
 * The chart of a subject: who it is of, what stands in the records and in the notes, and what reviewers may cite of both.
 * Notes and rows have their own names (`DocumentReference/1`), which are identifiers, and a query quotes what is looked for:
 * both travel in bodies and never in addresses, which is why some calls that only read are POST.
 */
import { z } from 'zod';
import { ofSubject, pageOf, pageQuery, route } from './route.ts';

/** As the source wrote it: a year, a month, a day, an instant. `first` and `last`: the days that it may mean. */
const writtenDate = z.object({ date: z.string(), first: z.iso.date(), last: z.iso.date() });
export type WrittenDate = z.infer<typeof writtenDate>;

const named = z.object({ id: z.string(), label: z.string() });
const source = z.string().min(1).max(500).describe('The name of a note or a row: DocumentReference/1');
const count = z.int().min(0);
const place = { start: count, end: count };
/** How many have a value; `value` null: those without one. */
const facet = z.array(z.object({ value: z.string().nullable(), notes: count }));

export const chartHead = z.object({
  subject: z.string(),
  sex: z.string().nullable(),
  birthYear: z.int().nullable(),
  ageAtIndex: z
    .object({ min: z.int(), max: z.int() })
    .nullable()
    .describe('Completed years; two where dates are partial'),
  indexDates: z.array(writtenDate).describe('Of the index events, by date; empty where the protocol has none'),
  followUp: z.object({
    first: z.iso.date().nullable(),
    last: z.iso.date().nullable(),
    contacts: count,
    visits: count,
    died: z.string().nullable(),
  }),
  cameIn: z
    .object({ arms: z.array(named), exclusions: z.array(named).describe('By rule, that hold') })
    .nullable()
    .describe('null: whoever asks is blinded, or the person came in by a sample'),
  termSets: z.array(named).describe('Of the protocol, those with words; their order is that of their colours'),
  notes: z.object({ total: count, read: count.describe('By whoever asks'), types: facet, specialties: facet }),
});
export type ChartHead = z.infer<typeof chartHead>;

export const chartLanes = [
  'note',
  'visit_occurrence',
  'condition_occurrence',
  'drug_exposure',
  'procedure_occurrence',
  'measurement',
  'observation',
] as const;
export type ChartLane = (typeof chartLanes)[number];
export const chartTables = chartLanes.slice(1) as readonly Exclude<ChartLane, 'note'>[];

/** A note or a row of the records; `until` where it lasted. */
const timelineItem = z.object({
  source,
  at: writtenDate,
  until: writtenDate.nullable(),
  text: z.string().nullable(),
});
export type TimelineItem = z.infer<typeof timelineItem>;

const episode = z.object({
  start: writtenDate,
  stop: writtenDate,
  ongoing: z.boolean().nullable().describe('null: not known'),
  isSure: z.boolean().describe('false: partial dates leave open whether it is several'),
});

export const chartTimeline = z.object({
  first: z.iso.date().nullable().describe('Of all that is dated; null: nothing is'),
  last: z.iso.date().nullable(),
  from: z.iso.date().nullable().describe('The stretch that is told'),
  to: z.iso.date().nullable(),
  indexDates: z.array(writtenDate),
  treatments: z.array(named.extend({ episodes: z.array(episode) })).describe('Of the records alone'),
  lanes: z.array(
    z.object({
      lane: z.enum(chartLanes),
      total: count.describe('Dated or not, in the whole chart'),
      undated: count,
      items: z.array(timelineItem),
      bins: z
        .array(z.object({ from: z.iso.date(), to: z.iso.date(), items: count }))
        .nullable()
        .describe('In place of items where the stretch has too many to tell each'),
    }),
  ),
});
export type ChartTimeline = z.infer<typeof chartTimeline>;

/** A row of the records, which evidence cites by its source. */
const chartRow = z.object({
  source,
  kind: z.enum(chartLanes).exclude(['note']),
  date: z.string().nullable(),
  until: z.string().nullable(),
  text: z.string().nullable(),
});
export type ChartRowView = z.infer<typeof chartRow>;

const noteItem = z.object({
  source,
  at: writtenDate.nullable(),
  type: z.string().nullable(),
  title: z.string().nullable(),
  specialty: z.string().nullable(),
  author: z.string().nullable(),
  length: count.describe('In UTF-16 units'),
  mentions: z.record(z.string(), count).describe('By term set; those with none are not there'),
  readAt: z.string().nullable().describe('When whoever asks last opened it'),
});
export type NoteItem = z.infer<typeof noteItem>;

/** What a list of notes is narrowed to; all that is given must hold. null: those without a value. */
export const noteFilter = z.object({
  sources: z.array(source).max(500).optional().describe('Of these, such as those that are cited'),
  types: z.array(z.string().nullable()).max(200).optional(),
  specialties: z.array(z.string().nullable()).max(200).optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  termSet: z.string().max(200).optional().describe('Those that mention it'),
  read: z.boolean().optional().describe('Opened by whoever asks, or not'),
  order: z.enum(['oldest', 'newest']).default('oldest'),
});
export type NoteFilter = z.input<typeof noteFilter>;

const mention = z.object({
  ...place,
  term: z.string(),
  set: z.string().optional(),
  assertion: z.enum(['other-experiencer', 'negated', 'hypothetical', 'possible', 'historical', 'affirmed']),
  cue: z
    .object({ ...place, text: z.string() })
    .optional()
    .describe('The words, or the heading, that say so'),
  section: z.string(),
});
export type ChartMention = z.infer<typeof mention>;

export const chartNote = noteItem.extend({
  text: z.string().describe('As the source has it. It is text, whatever stands in it'),
  sections: z.array(z.object({ ...place, kind: z.string() })),
  sentences: z.array(z.object(place)),
  found: z.array(mention).describe('Of the term sets, by place'),
});
export type ChartNote = z.infer<typeof chartNote>;

const foundNote = z.object({ source, at: writtenDate.nullable(), mentions: z.array(mention) });

const proposal = z.object({
  note: source,
  at: writtenDate.nullable(),
  ...place,
  quote: z.string().describe('The sentence; its offsets are those of the note'),
  mentions: z.array(mention),
});
export type Proposal = z.infer<typeof proposal>;

const access = { study: 'chart.view' } as const;
const path = '/studies/{study}/charts/{subject}';
const common = { access, params: ofSubject } as const;
const ofNote = z.object({ note: source });

export const chartRoutes = {
  chart: route({
    ...common,
    id: 'chart',
    method: 'get',
    path,
    summary: 'Opens a chart: who it is of and what there is. The audit trail says so',
    response: chartHead,
  }),
  chartTimeline: route({
    ...common,
    id: 'chartTimeline',
    method: 'get',
    path: `${path}/timeline`,
    summary: 'What happened when, or how much of it where it is too much to tell',
    query: z.object({ from: z.iso.date().optional(), to: z.iso.date().optional() }),
    response: chartTimeline,
  }),
  chartRows: route({
    ...common,
    id: 'chartRows',
    method: 'get',
    path: `${path}/rows`,
    summary: 'Rows of the records, by date; those without a date last',
    query: pageQuery.extend({
      kind: z.enum(chartLanes).exclude(['note']).optional(),
      from: z.iso.date().optional(),
      to: z.iso.date().optional(),
    }),
    response: pageOf(chartRow),
  }),
  chartRow: route({
    ...common,
    id: 'chartRow',
    method: 'post',
    path: `${path}/row`,
    summary: 'One row of the records, by the name that evidence cites',
    body: z.object({ source }),
    response: chartRow,
  }),
  chartNotes: route({
    ...common,
    id: 'chartNotes',
    method: 'post',
    path: `${path}/notes`,
    summary: 'The notes, without their text; those without a date last',
    query: pageQuery,
    body: noteFilter,
    response: pageOf(noteItem).extend({ total: count.describe('That the filter leaves') }),
  }),
  openChartNote: route({
    ...common,
    id: 'openChartNote',
    method: 'post',
    path: `${path}/note`,
    summary: 'Opens a note: its text and what is said in it. It then counts as read by whoever asks',
    body: ofNote,
    response: chartNote,
  }),
  noteCopies: route({
    ...common,
    id: 'noteCopies',
    method: 'post',
    path: `${path}/note-copies`,
    summary: 'The stretches of a note that stood in an earlier one',
    body: ofNote,
    response: z.object({ copies: z.array(z.object({ ...place, from: source })) }),
  }),
  chartCopies: route({
    ...common,
    id: 'chartCopies',
    method: 'get',
    path: `${path}/copies`,
    summary: 'How much of each note stood in an earlier one',
    response: z.object({
      items: z.array(z.object({ note: source, share: z.number().describe('Of its length, above 0, to 1') })),
    }),
  }),
  findInChart: route({
    ...common,
    id: 'findInChart',
    method: 'post',
    path: `${path}/find`,
    summary: 'Where a query is true in the notes of this person. Kept as searched by whoever asks',
    query: pageQuery,
    body: z.object({ query: z.string().min(1).max(5_000) }),
    response: pageOf(foundNote).extend({ totals: z.object({ mentions: count, notes: count }) }),
  }),
  chartProposals: route({
    ...common,
    id: 'chartProposals',
    method: 'get',
    path: `${path}/proposals/{instrument}/{field}`,
    summary: 'Sentences with the words of a field, nearest to the index date first, or newest first. Never a value',
    params: ofSubject.extend({ instrument: z.string().max(200), field: z.string().max(200) }),
    query: pageQuery,
    response: pageOf(proposal).extend({
      termSet: z.string().nullable().describe('null: the field names none'),
      notes: count.describe('That mention it'),
    }),
  }),
  chartCoverage: route({
    ...common,
    id: 'chartCoverage',
    method: 'get',
    path: `${path}/coverage`,
    summary: 'What whoever asks has read of the chart: what the coverage record of a missing value says',
    response: z.object({
      notes: z.array(source).describe('That were open, by date'),
      terms: z.array(z.string()).describe('Queries, in the order in which they were first asked'),
    }),
  }),
};
