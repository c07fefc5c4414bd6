/** A row for each adverse event. No date is told: days are counted from the start of treatment. Rule R52 of SPEC.md. */
import { eventActions } from '../protocol/index.ts';
import type { AdverseEvent } from '../response/index.ts';
import { type EventFrame, eventKey, eventText, having, quoted, type SubjectEvent } from './event-frame.ts';
import { missingWord } from './missing-words.ts';
import type { ResultTable, TableRow } from './results.ts';

interface ListedColumn {
  readonly id: string;
  readonly label: string;
  readonly text: (event: AdverseEvent) => string;
}

/** Lists the events by subject, those of a subject in the order of their onset. */
export function eventListing(frame: EventFrame): ResultTable {
  const { table, events } = frame;
  const columns = columnsOf(frame);
  const days = columns.some(({ id }) => id === 'onset')
    ? [
        'Days of onset are counted from the start of treatment, which is day 0; where a date is no full day, the least and the most that it allows.',
      ]
    : [];
  const grading = frame.data.protocol.adverseEvents?.grade
    ? [`Grades are of ${frame.data.protocol.adverseEvents.grading}.`]
    : [];
  return {
    id: table.id,
    title: table.title,
    columns: columns.map(({ id, label }) => ({ id, label, n: events.length })),
    rows: events.length === 0 ? [emptyRow(columns)] : events.map((one) => rowOf(one, columns)),
    footnotes: [...days, ...grading, ...table.footnotes].map((text) => ({ letter: '', text })),
  };
}

/** What the study declares of its events, in the order of reading. */
function columnsOf(frame: EventFrame): ListedColumn[] {
  const rules = frame.data.protocol.adverseEvents;
  const unknown = (event: AdverseEvent, name: keyof AdverseEvent['missing']): string =>
    missingWord(event.missing[name] ?? 'unknown');
  const answer = (said: boolean | null): string => (said === null ? 'unknown' : said ? 'yes' : 'no');
  const columns: (ListedColumn & { readonly shown: unknown })[] = [
    { id: 'term', label: 'Event', shown: true, text: (event) => eventText(frame, 'term', event) },
    {
      id: 'grade',
      label: 'Grade',
      shown: rules?.grade,
      text: (event) => (event.grade === null ? unknown(event, 'grade') : String(event.grade)),
    },
    { id: 'serious', label: 'Serious', shown: rules?.serious, text: ({ serious }) => answer(serious) },
    {
      id: 'onset',
      label: 'Day of onset',
      shown: rules?.onset,
      text: (event) => daysText(event) ?? unknown(event, 'onset'),
    },
    {
      id: 'action',
      label: 'Action taken',
      shown: rules?.action,
      text: (event) => (event.missing.action ? missingWord(event.missing.action) : eventActions[event.action]),
    },
    { id: 'outcome', label: 'Outcome', shown: rules?.outcome, text: (event) => eventText(frame, 'outcome', event) },
    {
      id: 'causality',
      label: 'Causality',
      shown: rules?.causality,
      text: (event) => eventText(frame, 'causality', event),
    },
    {
      id: 'related',
      label: 'Related',
      shown: rules?.causality === undefined && rules?.related,
      text: ({ related }) => answer(related),
    },
  ];
  return columns.filter(({ shown }) => shown);
}

/** `12`, `5 to 35`; undefined where nothing is known. */
function daysText({ onsetDays }: AdverseEvent): string | undefined {
  if (!onsetDays) return undefined;
  const { min, max } = onsetDays;
  return (min === max ? [min] : [min, max]).map((day) => String(day).replace('-', '\u2212')).join(' to ');
}

function rowOf(one: SubjectEvent, columns: readonly ListedColumn[]): TableRow {
  const { subject, event } = one;
  const at = subject.adverseEvents.indexOf(event) + 1;
  return {
    ...NO_NOTES,
    id: `${subject.subject}-${at}`,
    label: subject.subject,
    cells: columns.map(({ id, text }) => ({
      column: id,
      n: 1,
      N: 1,
      percent: null,
      text: text(event),
      subjects: [subject.subject],
      events: [eventKey(one)],
    })),
    by: having(`key = ${quoted(event.key)}`),
  };
}

/** Says that there is none, in place of a table without rows. */
function emptyRow(columns: readonly ListedColumn[]): TableRow {
  const cells = columns.map(({ id }) => ({
    column: id,
    n: 0,
    N: 0,
    percent: null,
    text: '',
    subjects: [],
    events: [],
  }));
  return { ...NO_NOTES, id: 'none', label: 'No adverse event', cells, by: 'adverseEvents.exists()' };
}

const NO_NOTES = { group: '', level: 0, notes: [], groupNotes: [], missing: {} } as const;
