/** A criterion of the protocol as one SQL query for the `person_id` of those who meet it. Rules R4 to R11 and R80 to R88. */
import { dayRange } from '../../base/index.ts';
import {
  type AgeLimits,
  asksIndex,
  asksOverlap,
  asksValues,
  type Criterion,
  conceptSetsIn,
  type EventCriterion,
  isEvent,
  noteQueriesIn,
  partsOf,
  resolved,
} from '../../protocol/index.ts';
import type { Gate } from '../gate/gate.ts';
import { bindings, type CriterionQuery } from './bindings.ts';
import { casesOf } from './cases-sql.ts';
import { requireCrosswalks } from './codes-sql.ts';
import type { Compiling, Side } from './compiling.ts';
import { eventsSql } from './event-sql.ts';
import type { GivenTables } from './given-tables.ts';

export type { CriterionQuery, Side };

/**
 * Compiles a criterion; the notes that it asks for are searched now. One that names the index event is asked of each case of
 * `indexEvents`, and gives `index_row` beside `person_id`.
 * Errors: `cohort.unknown-concept`, `cohort.unknown-route`, `cohort.no-crosswalk`, `notes.query`.
 */
export async function compileCriterion(
  gate: Gate,
  criterion: Criterion,
  side: Side,
  given: GivenTables = {},
): Promise<CriterionQuery> {
  const whole = resolved(gate.protocol, criterion);
  const { to, parameters } = await compiling(gate, [whole], side, given);
  return { sql: holdersSql(to, whole, asksIndex(whole)), parameters };
}

/**
 * Compiles several criteria into one query, which takes the engine less time than one after the other: a row each `holder`, the
 * person or, of a criterion that names the index event, its `index_row`, with the place of the `criterion`. Of none no rows.
 * Errors as {@link compileCriterion}.
 */
export async function compileHolders(
  gate: Gate,
  criteria: readonly Criterion[],
  side: Side,
  given: GivenTables = {},
): Promise<CriterionQuery> {
  const whole = criteria.map((criterion) => resolved(gate.protocol, criterion));
  const { to, parameters } = await compiling(gate, whole, side, given);
  const queries = whole.map((criterion, at) => {
    const ofCases = asksIndex(criterion);
    return `SELECT ${at} AS criterion, ${ofCases ? 'index_row' : 'person_id'} AS holder FROM (${holdersSql(to, criterion, ofCases)})`;
  });
  return { sql: queries.join('\nUNION ALL\n') || 'SELECT 0 AS criterion, 0::BIGINT AS holder LIMIT 0', parameters };
}

/** The events themselves, as {@link eventsSql} gives them, of an event criterion whose names are resolved. Errors likewise. */
export async function compileEvents(gate: Gate, event: EventCriterion, side: Side): Promise<CriterionQuery> {
  const { to, parameters } = await compiling(gate, [event], side);
  return { sql: eventsSql(to, event), parameters };
}

/** What criteria whose names are resolved need to be compiled, and the parameters that they bind. Errors as `compileCriterion`. */
export async function compiling(
  gate: Gate,
  criteria: readonly Criterion[],
  side: Side,
  given: GivenTables = {},
): Promise<{ readonly to: Compiling; readonly parameters: CriterionQuery['parameters'] }> {
  const { protocol } = gate;
  for (const id of criteria.flatMap(conceptSetsIn)) {
    const set = protocol.concepts[id];
    if (set) await requireCrosswalks(gate, id, set);
  }
  const noteTables = new Map<string, string>();
  for (const query of criteria.flatMap(noteQueriesIn)) noteTables.set(query, await gate.noteTable(query));
  const units = criteria.some(asksValues) ? await gate.measurementUnits() : [];
  const { parameters, bind } = bindings();
  const withEnds = criteria.some(asksOverlap);
  return { to: { protocol, side, noteTables, units, withEnds, bind, ...given }, parameters };
}

/** The persons, or of each case the person and `index_row`, who meet a criterion whose names are resolved: each once. */
function holdersSql(to: Compiling, criterion: Criterion, ofCases: boolean): string {
  if (ofCases && !asksIndex(criterion))
    return `SELECT person_id, index_row FROM (${casesOf(to)}) SEMI JOIN (${holdersSql(to, criterion, false)}) USING (person_id)`;
  const holder = ofCases ? 'person_id, index_row' : 'person_id';
  const parts = partsOf(criterion).map((part) => holdersSql(to, part, ofCases));
  if (parts.length > 0)
    return combined(to, criterion, parts, holder, ofCases ? `(${casesOf(to)})` : `${to.side}.person`);
  if ('age' in criterion) return ofCases ? ageAtIndex(to, criterion.age) : agePersons(to, criterion.age);
  if ('sex' in criterion)
    return `SELECT DISTINCT person_id FROM ${to.side}.person WHERE coalesce(sex, 'unknown') = ${to.bind(criterion.sex)}`;
  if (isEvent(criterion)) return eventHolders(to, criterion, holder);
  throw new Error('A criterion whose name was not resolved');
}

/** Who meets a combination, of `everybody`, by a query for those who meet each of its parts. */
export function combined(
  to: Pick<Compiling, 'bind'>,
  criterion: Criterion,
  queries: readonly string[],
  holder: string,
  everybody: string,
): string {
  const parts = queries.map((query) => `(${query})`);
  if ('all' in criterion) return parts.join('\nINTERSECT\n');
  if ('any' in criterion) return parts.join('\nUNION\n');
  if ('none' in criterion) return `SELECT ${holder} FROM ${everybody}\nEXCEPT\n(${parts.join('\nUNION\n')})`;
  if ('of' in criterion)
    return `SELECT ${holder} FROM (${parts.join('\nUNION ALL\n')})\nGROUP BY ${holder} HAVING count(*) >= ${to.bind(criterion.atLeast)}`;
  throw new Error('A criterion that combines nothing');
}

function eventHolders(to: Compiling, event: EventCriterion, holder: string): string {
  const { atLeast, onDays } = event;
  const enough = [
    ...(atLeast > 1 ? [`count(*) >= ${to.bind(atLeast)}`] : []),
    ...(onDays === undefined
      ? []
      : [`count(DISTINCT ("first", "last")) FILTER ("first" IS NOT NULL) >= ${to.bind(onDays)}`]),
  ];
  const events = eventsSql(to, event);
  if (enough.length === 0) return `SELECT DISTINCT ${holder} FROM (${events})`;
  return `SELECT ${holder} FROM (${events})\nGROUP BY ${holder} HAVING ${enough.join(' AND ')}`;
}

function agePersons(to: Compiling, limits: AgeLimits): string {
  const start = (): string => `${to.bind(dayRange(to.protocol.period.start).earliest)}::DATE`;
  return `SELECT DISTINCT person_id FROM ${to.side}.person WHERE ${ageConditions(to, limits, start, start)}`;
}

function ageAtIndex(to: Compiling, limits: AgeLimits): string {
  return `SELECT DISTINCT person_id, index_row FROM (${casesOf(to)}) JOIN ${to.side}.person USING (person_id) WHERE ${ageConditions(
    to,
    limits,
    () => '"first"',
    () => '"last"',
  )}`;
}

/** Who may be of that age on a day that may be any from `first` to `last`. Rules R10 and R105. */
function ageConditions(to: Compiling, { min, max }: AgeLimits, first: () => string, last: () => string): string {
  return [
    'birth_date IS NOT NULL',
    ...(min === undefined ? [] : [`main.completed_years(birth_date, ${last()}) >= ${to.bind(min)}`]),
    ...(max === undefined
      ? []
      : [`main.completed_years(main.last_possible(birth_date, birth_date_source), ${first()}) <= ${to.bind(max)}`]),
  ].join(' AND ');
}
