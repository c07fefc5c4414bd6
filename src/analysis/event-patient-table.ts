/** A table of patients by adverse event, each once in a row, at the worst grade that is known. Rules R50 and R53 of SPEC.md. */
import { type EventColumn, eventColumns } from '../protocol/index.ts';
import { worstGrade } from '../response/index.ts';
import {
  type EventFrame,
  type EventGroup,
  eventKey,
  eventPrint,
  having,
  leftOutNote,
  type SubjectEvent,
  subjectsOf,
  termGroups,
} from './event-frame.ts';
import { countText, dashNotes, hasPercent } from './print-rules.ts';
import type { ResultTable, TableCell, TableRow } from './results.ts';

/** Counts the patients. */
export function eventPatientTable(frame: EventFrame): ResultTable {
  const { table, subjects, events } = frame;
  const columns = columnsOf(frame);
  const any = { id: 'any', label: 'Any adverse event', events, by: 'adverseEvents.exists()' };
  const terms = termGroups(frame);
  const rows = [any, ...terms].map((group) => rowOf(frame, group, columns));
  return {
    id: table.id,
    title: table.title,
    columns: columns.map((id) => {
      const by = columnBy(id);
      return { id, label: eventColumns[id], n: subjects.length, ...(by === undefined ? {} : { by }) };
    }),
    rows,
    footnotes: [
      ...notesOf(frame, columns),
      ...leftOutNote(frame, terms),
      ...dashNotes(rows.flatMap((row) => row.cells.map((cell) => cell.text))),
      ...table.footnotes,
    ].map((text) => ({
      letter: '',
      text,
    })),
  };
}

/** Those that the table names, else any grade and what the study says of its events. */
function columnsOf({ data, table }: EventFrame): readonly EventColumn[] {
  const { grade, serious, related, action } = data.protocol.adverseEvents ?? {};
  return (
    table.columns ?? [
      'any',
      ...(grade ? (['grade-1', 'grade-2', 'grade-3-up', 'grade-unknown'] as const) : []),
      ...(serious ? (['serious'] as const) : []),
      ...(related ? (['related'] as const) : []),
      ...(action ? (['withdrawn'] as const) : []),
    ]
  );
}

function rowOf(frame: EventFrame, { id, label, events, by }: EventGroup, columns: readonly EventColumn[]): TableRow {
  const bySubject = [...Map.groupBy(events, ({ subject }) => subject).values()];
  const cells = columns.map((column): TableCell => {
    const counted = bySubject.flatMap((own) => eventsIn(column, own));
    const subjects = subjectsOf(counted).map((one) => one.subject);
    const [n, N] = [subjects.length, frame.subjects.length];
    const percent = N === 0 ? null : (n / N) * 100;
    const text = countText({ n, N, percent }, formatOf(frame), eventPrint(frame));
    return { column, n, N, percent, text, subjects, events: counted.map(eventKey) };
  });
  return { id, group: '', label, level: 0, cells, notes: [], groupNotes: [], missing: {}, by };
}

/** The events of a subject for which it counts in a column; none where it does not. */
function eventsIn(column: EventColumn, own: readonly SubjectEvent[]): readonly SubjectEvent[] {
  const worst = worstGrade(own.map(({ event }) => event));
  switch (column) {
    case 'any':
      return own;
    case 'grade-unknown':
      return worst === null ? own : [];
    case 'grade-3-up':
      return own.filter(({ event }) => (event.grade ?? 0) >= 3);
    case 'serious':
    case 'related':
    case 'withdrawn':
      return own.filter(({ event }) => event[column] === true);
    default: {
      const grade = gradeOf(column);
      return worst === grade ? own.filter(({ event }) => event.grade === grade) : [];
    }
  }
}

/** What is so of an event of everybody in a column. */
function columnBy(column: EventColumn): string | undefined {
  if (column === 'any') return undefined;
  if (column === 'grade-unknown') return having('grade.exists().not()');
  if (column === 'grade-3-up') return having('grade >= 3');
  const grade = gradeOf(column);
  return having(Number.isNaN(grade) ? column : `grade = ${grade}`);
}

function gradeOf(column: EventColumn): number {
  return Number(column.slice('grade-'.length));
}

function formatOf({ table }: EventFrame): NonNullable<EventFrame['table']['format']> {
  return table.format ?? 'n (%)';
}

/** What is not known of how many events, for each column that asks for it. */
const UNKNOWN = [
  ['serious', 'whether they were serious'],
  ['related', 'whether they were related'],
  ['withdrawn', 'whether treatment was stopped for them'],
] as const;

function notesOf(frame: EventFrame, columns: readonly EventColumn[]): string[] {
  const { data, subjects, events } = frame;
  const grading = data.protocol.adverseEvents?.grading ?? '';
  const asksGrade = columns.some((column) => column.startsWith('grade-'));
  const ungraded = events.filter(({ event }) => event.grade === null).length;
  const unknown = UNKNOWN.flatMap(([column, what]) => {
    const n = events.filter(({ event }) => event[column] === null).length;
    return columns.includes(column) && n > 0 ? [`Events of which it is not known ${what}: ${n}.`] : [];
  });
  return [
    `A patient counts once in a row${asksGrade ? `, at the worst grade that is known (${grading})` : ''}, and may count in several rows.`,
    ...(hasPercent(formatOf(frame)) ? [`Percentages are of the ${subjects.length} patients.`] : []),
    ...(asksGrade && ungraded > 0 ? [`Events without a known grade: ${ungraded}.`] : []),
    ...unknown,
  ];
}
