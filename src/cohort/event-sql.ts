/**
 * The events of a criterion as SQL: rows of the records that are what it names, each with its person, an id, and its days.
 * `first` and `last` are the earliest and the latest day that its date may mean, `until` the latest that it may have lasted
 * to. Rules R8 and R83 to R87; what counts as an event of its kind stands in `event-tables.ts`.
 */
import { dayRange } from '../base/index.ts';
import { asksIndex, type EventCriterion, type EventReference, INDEX, relatedTo } from '../protocol/index.ts';
import { casesOf } from './cases-sql.ts';
import { type Compiling, type EventTable, eventTables } from './event-tables.ts';
import { type Others, relatedEvents } from './relation-sql.ts';

/**
 * The events that a criterion means: `person_id, row_id, first, last, until`. Several rows a person; of no order. Where the
 * criterion asks for the index event, those of each case, and its `index_row` beside them.
 */
export function eventsSql(to: Compiling, event: EventCriterion): string {
  const all = eventTables(to, event)
    .map((one) => oneKind(to, one, event))
    .join('\nUNION ALL\n');
  const each = asksIndex(event)
    ? `SELECT own.*, index_row FROM (${all}) own JOIN (${casesOf(to)}) cases ON own.person_id = cases.person_id`
    : all;
  return (event.timing ?? []).reduce((sql, one) => relatedEvents(sql, one, othersOf(to, relatedTo(one).to)), each);
}

function othersOf(to: Compiling, other: EventReference): Others {
  if (other === INDEX) return { sql: casesOf(to), ofCases: true };
  if (typeof other === 'string') throw new Error('A name that was not resolved');
  return { sql: eventsSql(to, other), ofCases: asksIndex(other) };
}

function oneKind(to: Compiling, { table, id, date, until, where }: EventTable, { during }: EventCriterion): string {
  const last = `main.last_possible(${date}, ${date}_source)`;
  const conditions = [...where, ...windowOf(to, during, date, last)];
  const filter = conditions.length > 0 ? `\nWHERE ${conditions.join('\n  AND ')}` : '';
  const end = until === undefined ? last : `greatest(${last}, ${until})`;
  return `SELECT person_id, ${id} AS row_id, ${date} AS "first", ${last} AS "last", ${end} AS "until" FROM ${to.side}.${table}${filter}`;
}

function windowOf(to: Compiling, during: EventCriterion['during'], date: string, last: string): string[] {
  if (during === undefined) return [];
  const { from, to: end } =
    during === 'period' ? { from: to.protocol.period.start, to: to.protocol.period.end } : during;
  return [
    `${date} IS NOT NULL`,
    ...(from === undefined ? [] : [`${last} >= ${to.bind(dayRange(from).earliest)}::DATE`]),
    ...(end === undefined ? [] : [`${date} <= ${to.bind(dayRange(end).latest)}::DATE`]),
  ];
}
