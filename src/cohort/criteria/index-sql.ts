/**
 * The index events of a protocol as one SQL query, each with what becomes of it. Rules R100 to R103.
 *
 * Who may be a case stays: an event leaves only when it surely was washed out, and when nothing may lie so long before or
 * after it.
 */
import { type EventCriterion, type IndexEvent, resolved } from '../../protocol/index.ts';
import type { Gate } from '../gate/gate.ts';
import type { Compiling } from './compiling.ts';
import { type CriterionQuery, compiling, type Side } from './criterion-sql.ts';
import { eventsSql } from './event-sql.ts';
import { interval } from './relation-sql.ts';

/**
 * Compiles the index event: a row an event, as `eventsSql`, with `washed_out`, `taken`, and of those taken `without_lookback` and
 * `without_follow_up`. `among` is a table of persons, of whom alone it is asked. Errors as `compileCriterion`.
 */
export async function compileIndex(gate: Gate, index: IndexEvent, side: Side, among?: string): Promise<CriterionQuery> {
  const events = index.events.map((event) => resolved(gate.protocol, event) as EventCriterion);
  const { to, parameters } = await compiling(gate, events, side);
  // A rule may ask what overlaps with an index event.
  return { sql: indexSql({ ...to, withEnds: true }, { ...index, events }, among), parameters };
}

function indexSql(to: Compiling, { events, take, washout, lookback, followUp }: IndexEvent, among?: string): string {
  const only = among === undefined ? '' : ` SEMI JOIN ${to.side}.${among} USING (person_id)`;
  const found = events.map((event) => `(${eventsSql(to, event)})`).join('\nUNION\n');
  return `WITH found AS MATERIALIZED (SELECT * FROM (${found})${only} WHERE "first" IS NOT NULL),
washed AS (${washout === undefined ? NONE : washedRows(to, events, washout)}),
chosen AS MATERIALIZED (SELECT * FROM found ANTI JOIN washed USING (row_id)${ONE_OF_PERSON[take]}),
contact AS MATERIALIZED (${lookback === undefined && followUp === undefined ? NONE : contacts(to)}),
unseen AS (${lookback === undefined ? NONE : without(relatedRows('chosen', 'FROM contact', apart('own', 'other', lookback)))}),
unfollowed AS (${followUp === undefined ? NONE : without(followedRows(to, followUp))})
SELECT found.*, row_id IN (FROM washed) AS washed_out, row_id IN (SELECT row_id FROM chosen) AS taken,
  row_id IN (FROM unseen) AS without_lookback, row_id IN (FROM unfollowed) AS without_follow_up
FROM found`;
}

const NONE = 'SELECT row_id FROM found LIMIT 0';

function without(rows: string): string {
  return `SELECT row_id FROM chosen ANTI JOIN (${rows}) USING (row_id)`;
}

/** Of those that may be the first (the last), the one whose day is known best, and then the one of the lowest id. */
const ONE_OF_PERSON = {
  first: `\nQUALIFY row_number() OVER (PARTITION BY person_id ORDER BY "first", "last", row_id) = 1`,
  last: `\nQUALIFY row_number() OVER (PARTITION BY person_id ORDER BY "last" DESC, "first" DESC, row_id) = 1`,
  every: '',
} as const satisfies Readonly<Record<IndexEvent['take'], string>>;

/** Events of the same kinds, whatever their window, that lie on an earlier day and no longer before, whatever the days of both may be. */
function washedRows(to: Compiling, events: IndexEvent['events'], span: string): string {
  const kinds = events.map((event) => eventsSql(to, { ...event, during: undefined })).join('\nUNION ALL\n');
  const surely = `other."last" < own."first" AND own."last" <= other."first" + ${interval(span)}`;
  return relatedRows('found', kinds, surely);
}

function followedRows(to: Compiling, span: string): string {
  const deaths = eventsSql(to, { death: 'any', atLeast: 1 });
  return `${relatedRows('chosen', 'FROM contact', apart('other', 'own', span))}
UNION ALL
SELECT row_id FROM chosen own SEMI JOIN (${deaths}) death
  ON own.person_id = death.person_id AND death."last" >= own."first" AND death."first" <= own."last" + ${interval(span)}`;
}

/** Of the persons of whom an event was taken. */
function contacts(to: Compiling): string {
  return `SELECT * FROM (${eventsSql(to, { contact: 'any', atLeast: 1 })}) SEMI JOIN chosen USING (person_id)`;
}

function relatedRows(own: string, others: string, holds: string): string {
  return `SELECT row_id FROM ${own} own SEMI JOIN (${others}) other
  ON own.person_id = other.person_id AND own.row_id <> other.row_id AND ${holds}`;
}

function apart(later: string, earlier: string, span: string): string {
  return `${later}."last" >= ${earlier}."first" + ${interval(span)}`;
}
