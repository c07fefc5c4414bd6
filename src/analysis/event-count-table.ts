/** A table that counts each adverse event, and the patients beside. Rules R51 and R53 of SPEC.md. */
import { type EventAction, type EventPart, eventActions, eventGrades, eventParts } from '../protocol/index.ts';
import {
  type EventFrame,
  type EventGroup,
  eventChoices,
  eventKey,
  eventPrint,
  having,
  leftOutNote,
  quoted,
  type SubjectEvent,
  subjectsOf,
  termGroups,
} from './event-frame.ts';
import { missingWord } from './missing-words.ts';
import { countText, DASH, dashNotes, hasPercent } from './print-rules.ts';
import type { ResultTable, TableCell, TableRow } from './results.ts';
import { summarize } from './rounding.ts';
import { statisticText } from './statistic-text.ts';

/** Counts the events. */
export function eventCountTable(frame: EventFrame): ResultTable {
  const { table, subjects, events } = frame;
  const all = { id: 'all', label: 'All events', events, by: 'adverseEvents.exists()' };
  const parts = partsOf(frame);
  const rows = [
    rowOf(frame, '', all),
    ...parts.flatMap((part) => (part === 'onset' ? [onsetRow(frame)] : rowsOf(frame, part))),
  ];
  const format = table.format ?? 'n (%)';
  const notes = [
    hasPercent(format)
      ? `Percentages of events are of the ${events.length} events, those of patients of the ${subjects.length} patients. A patient may count in several rows.`
      : 'A patient may count in several rows.',
    ...(parts.includes('grade') ? [`Grades are of ${frame.data.protocol.adverseEvents?.grading ?? ''}.`] : []),
    ...(parts.includes('onset') ? ['Days to onset are told of events whose dates are full days.'] : []),
    ...(parts.includes('term') ? leftOutNote(frame, termGroups(frame)) : []),
    ...dashNotes(rows.flatMap((row) => row.cells.map((cell) => cell.text))),
  ];
  return {
    id: table.id,
    title: table.title,
    columns: [
      { id: 'events', label: 'Events', n: events.length },
      { id: 'patients', label: 'Patients', n: subjects.length },
    ],
    rows,
    footnotes: [...notes, ...table.footnotes].map((text) => ({ letter: '', text })),
  };
}

const HEADINGS: Readonly<Record<EventPart, string>> = {
  term: 'Event',
  grade: 'Grade',
  serious: 'Serious',
  related: 'Related to treatment',
  action: 'Action taken',
  outcome: 'Outcome',
  causality: 'Causality',
  onset: 'Onset',
};

/** Those that the table names, else all that the study declares. */
function partsOf({ data, table }: EventFrame): readonly EventPart[] {
  const rules = data.protocol.adverseEvents;
  return table.parts ?? eventParts.filter((part) => rules?.[part] !== undefined);
}

function rowsOf(frame: EventFrame, part: Exclude<EventPart, 'onset'>): TableRow[] {
  return groupsOf(frame, part).map((group) => rowOf(frame, HEADINGS[part], group));
}

function groupsOf(frame: EventFrame, part: Exclude<EventPart, 'onset'>): EventGroup[] {
  switch (part) {
    case 'term':
      return termGroups(frame);
    case 'grade':
      return gradeGroups(frame);
    case 'action':
      return actionGroups(frame);
    case 'serious':
    case 'related':
      return answerGroups(frame, part);
    default:
      return choiceGroups(frame, part);
  }
}

function gradeGroups({ events }: EventFrame): EventGroup[] {
  const grades = Object.entries(eventGrades).map(([grade, name]) => ({
    id: `grade-${grade}`,
    label: `${grade}, ${name.toLowerCase()}`,
    events: events.filter(({ event }) => event.grade === Number(grade)),
    by: having(`grade = ${grade}`),
  }));
  return [...grades, ...unknownGroup('grade', events, ({ event }) => event.grade === null, 'grade.exists().not()')];
}

function actionGroups({ data, events }: EventFrame): EventGroup[] {
  const meant = new Set(Object.values(data.protocol.adverseEvents?.actions ?? {}));
  if (events.some(({ event }) => event.action === 'unknown')) meant.add('unknown');
  const actions = Object.keys(eventActions) as EventAction[];
  return actions
    .filter((action) => meant.has(action))
    .map((action) => ({
      id: `action-${action}`,
      label: eventActions[action],
      events: events.filter(({ event }) => event.action === action),
      by: having(`action = ${quoted(action)}`),
    }));
}

function answerGroups({ events }: EventFrame, part: 'serious' | 'related'): EventGroup[] {
  const answers = [
    [true, 'yes', 'Yes'],
    [false, 'no', 'No'],
  ] as const;
  const known = answers.map(([answer, id, label]) => ({
    id: `${part}-${id}`,
    label,
    events: events.filter(({ event }) => event[part] === answer),
    by: having(`${part} = ${answer}`),
  }));
  return [...known, ...unknownGroup(part, events, ({ event }) => event[part] === null, `${part}.exists().not()`)];
}

/** The choices as the field has them, and below them those without a value, by kind. */
function choiceGroups(frame: EventFrame, part: 'outcome' | 'causality'): EventGroup[] {
  const { events } = frame;
  const known = eventChoices(frame, part).map(({ id, code, label }) => ({
    id: `${part}-${id}`,
    label,
    events: events.filter(({ event }) => event[part] === code),
    by: having(`${part} = ${quoted(code)}`),
  }));
  const without = Map.groupBy(
    events.filter(({ event }) => event[part] === null),
    ({ event }) => event.missing[part] ?? 'unrecorded',
  );
  const missing = [...without]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, own]) => {
      const word = missingWord(kind);
      const label = `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
      return { id: `${part}-missing-${kind}`, label, events: own, by: having(`${part}.exists().not()`) };
    });
  return [...known, ...missing];
}

/** A row of the events of which something is not known, where there are any. */
function unknownGroup(
  part: string,
  events: readonly SubjectEvent[],
  isUnknown: (one: SubjectEvent) => boolean,
  condition: string,
): EventGroup[] {
  const own = events.filter(isUnknown);
  return own.length === 0 ? [] : [{ id: `${part}-unknown`, label: 'Unknown', events: own, by: having(condition) }];
}

function rowOf(frame: EventFrame, group: string, { id, label, events, by }: EventGroup): TableRow {
  const subjects = subjectsOf(events).map((one) => one.subject);
  const own = { subjects, events: events.map(eventKey) };
  const cell = (column: string, n: number, N: number): TableCell => {
    const percent = N === 0 ? null : (n / N) * 100;
    const text = countText({ n, N, percent }, frame.table.format ?? 'n (%)', eventPrint(frame));
    return { column, n, N, percent, text, ...own };
  };
  const cells = [
    cell('events', events.length, frame.events.length),
    cell('patients', subjects.length, frame.subjects.length),
  ];
  return { id, group, label, level: 0, cells, notes: [], groupNotes: [], missing: {}, by };
}

/** Days from the start to the onset, of the events of which they are one number. */
function onsetRow({ events }: EventFrame): TableRow {
  const dated = events.filter(({ event }) => event.onsetDays && event.onsetDays.min === event.onsetDays.max);
  const days = dated.flatMap(({ event }) => event.onsetDays?.min ?? []);
  const own = {
    n: days.length,
    percent: null,
    subjects: subjectsOf(dated).map((one) => one.subject),
    events: dated.map(eventKey),
  };
  const lacking = events.length - dated.length;
  return {
    id: 'onset',
    group: HEADINGS.onset,
    label: 'From the start of treatment, median (range)',
    unit: 'days',
    level: 0,
    ...summarize(days),
    cells: [
      { column: 'events', ...own, N: events.length, text: statisticText(days, 'median-range', 0) || DASH },
      { column: 'patients', ...own, n: own.subjects.length, N: own.subjects.length, text: '' },
    ],
    notes: [],
    groupNotes: [],
    missing: lacking > 0 ? { unrecorded: lacking } : {},
    by: having('onset.exists()'),
  };
}
