/**
 * The events of a criterion as SQL: rows of the records that are what it names, each with its person, table, id, and its days.
 * `first` and `last` are the earliest and the latest day that its date may mean, `until` the latest that it may have lasted
 * to, where some criterion asks that. Rules R8 and R83 to R87; what counts as an event of its kind stands in `event-tables.ts`.
 */
import { dayRange } from '../../base/index.ts';
import { asksIndex, type EventCriterion, INDEX, relatedTo } from '../../protocol/index.ts';
import { casesOf } from './cases-sql.ts';
import type { Compiling, EventTable } from './compiling.ts';
import { eventTables } from './event-tables.ts';
import { eventsOfCases, relatedEvents } from './relation-sql.ts';

/**
 * The events that a criterion means: `person_id, table_name, row_id, first, last`, and `until` where it is asked. Several rows a
 * person; of no order. Where the criterion asks for the index event, those of each case, and its `index_row` beside them.
 */
export function eventsSql(to: Compiling, event: EventCriterion): string {
  const all = eventTables(to, event)
    .map((one) => oneKind(to, one, event))
    .join('\nUNION ALL\n');
  const timing = event.timing ?? [];
  const toIndex = timing.filter((one) => relatedTo(one).to === INDEX);
  const each = asksIndex(event) ? eventsOfCases(all, casesOf(to), toIndex) : all;
  return timing.reduce((sql, relation) => {
    const { to: other } = relatedTo(relation);
    if (other === INDEX) return sql;
    if (typeof other === 'string') throw new Error('A name that was not resolved');
    return relatedEvents(sql, relation, { sql: eventsSql(to, other), ofCases: asksIndex(other) });
  }, each);
}

function oneKind(
  to: Compiling,
  { table, rowsOf, id, date, until, where }: EventTable,
  { during }: EventCriterion,
): string {
  const last = `main.last_possible(${date}, ${date}_source)`;
  const conditions = [...where, ...windowOf(to, during, date, last)];
  const filter = conditions.length > 0 ? `\nWHERE ${conditions.join('\n  AND ')}` : '';
  const end = to.withEnds ? `, ${until === undefined ? last : `greatest(${last}, ${until})`} AS "until"` : '';
  return `SELECT person_id, '${rowsOf ?? table}' AS table_name, ${id} AS row_id, ${date} AS "first", ${last} AS "last"${end} FROM ${to.side}.${table}${filter}`;
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
