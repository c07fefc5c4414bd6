/** A criterion of the protocol as one SQL query for the `person_id` of those who meet it. Rules R4 to R11 and R80 to R88. */
import { dayRange } from '../base/index.ts';
import {
  asksValues,
  type Criterion,
  conceptSetsIn,
  type EventCriterion,
  eventsIn,
  isEvent,
  noteQueriesIn,
  partsOf,
  resolved,
} from '../protocol/index.ts';
import { bindings, type CriterionQuery } from './bindings.ts';
import { codingOf, requireCrosswalks } from './codes-sql.ts';
import { eventsSql } from './event-sql.ts';
import { type Compiling, codedTables, type Side } from './event-tables.ts';
import type { Gate } from './gate.ts';

export type { CriterionQuery, Side };

/**
 * Compiles a criterion; the notes that it asks for are searched now. `coding`: see {@link codingFor}.
 * Errors: `cohort.unknown-concept`, `cohort.unknown-route`, `cohort.no-crosswalk`, `notes.query`.
 */
export async function compileCriterion(
  gate: Gate,
  criterion: Criterion,
  side: Side,
  coding?: string,
): Promise<CriterionQuery> {
  const { protocol } = gate;
  const whole = resolved(protocol, criterion);
  for (const id of conceptSetsIn(whole)) {
    const set = protocol.concepts[id];
    if (set) await requireCrosswalks(gate, id, set);
  }
  const noteTables = new Map<string, string>();
  for (const query of noteQueriesIn(whole)) noteTables.set(query, await gate.noteTable(query));
  const units = asksValues(whole) ? await gate.measurementUnits() : [];
  const { parameters, bind } = bindings();
  const sql = personsSql({ protocol, side, coding, noteTables, units, bind }, whole);
  return { sql, parameters };
}

/**
 * A query for the codings of all persons that criteria ask for, to be kept: to look through those of a hospital takes longer than
 * all else, and so is done once. `undefined` where they ask for none.
 */
export function codingFor(
  { protocol }: Pick<Gate, 'protocol'>,
  criteria: readonly Criterion[],
): CriterionQuery | undefined {
  const events = criteria.flatMap((criterion) => eventsIn(resolved(protocol, criterion)));
  const { parameters, bind } = bindings();
  const columns = 'person_id, table_name, row_id, vocabulary_id, code';
  const tables = Object.entries(codedTables).flatMap(([key, table]) => {
    const ids = new Set(events.map((event) => Object.entries(event).find(([name]) => name === key)?.[1]));
    const sets = [...ids].flatMap((id) => protocol.concepts[String(id)] ?? []);
    return codingOf({ side: 'main', bind }, table, sets, columns) ?? [];
  });
  if (tables.length === 0) return undefined;
  return { sql: tables.map((table) => `(${table})`).join(' UNION ALL '), parameters };
}

/** The persons who meet a criterion whose names are resolved: each once. */
function personsSql(to: Compiling, criterion: Criterion): string {
  const parts = partsOf(criterion).map((part) => personsSql(to, part));
  if (parts.length > 0) return combined(to, criterion, parts);
  if ('age' in criterion) return agePersons(to, criterion.age);
  if ('sex' in criterion)
    return `SELECT DISTINCT person_id FROM ${to.side}.person WHERE coalesce(sex, 'unknown') = ${to.bind(criterion.sex)}`;
  if (isEvent(criterion)) return eventPersons(to, criterion);
  throw new Error('A criterion whose name was not resolved');
}

/** The persons who meet a combination, by a query for those who meet each of its parts. */
export function combined(
  to: Pick<Compiling, 'side' | 'bind'>,
  criterion: Criterion,
  queries: readonly string[],
): string {
  const parts = queries.map((query) => `(${query})`);
  if ('all' in criterion) return parts.join('\nINTERSECT\n');
  if ('any' in criterion) return parts.join('\nUNION\n');
  if ('none' in criterion) return `SELECT person_id FROM ${to.side}.person\nEXCEPT\n(${parts.join('\nUNION\n')})`;
  if ('of' in criterion)
    return `SELECT person_id FROM (${parts.join('\nUNION ALL\n')})\nGROUP BY person_id HAVING count(*) >= ${to.bind(criterion.atLeast)}`;
  throw new Error('A criterion that combines nothing');
}

function eventPersons(to: Compiling, event: EventCriterion): string {
  const { atLeast, onDays } = event;
  const enough = [
    ...(atLeast > 1 ? [`count(*) >= ${to.bind(atLeast)}`] : []),
    ...(onDays === undefined
      ? []
      : [`count(DISTINCT ("first", "last")) FILTER ("first" IS NOT NULL) >= ${to.bind(onDays)}`]),
  ];
  const events = eventsSql(to, event);
  if (enough.length === 0) return `SELECT DISTINCT person_id FROM (${events})`;
  return `SELECT person_id FROM (${events})\nGROUP BY person_id HAVING ${enough.join(' AND ')}`;
}

function agePersons(
  to: Compiling,
  { min, max }: { readonly min?: number | undefined; readonly max?: number | undefined },
): string {
  const start = dayRange(to.protocol.period.start).earliest;
  const age = (birth: string): string => `main.completed_years(${birth}, ${to.bind(start)}::DATE)`;
  const limits = [
    'birth_date IS NOT NULL',
    ...(min === undefined ? [] : [`${age('birth_date')} >= ${to.bind(min)}`]),
    ...(max === undefined ? [] : [`${age('main.last_possible(birth_date, birth_date_source)')} <= ${to.bind(max)}`]),
  ];
  return `SELECT DISTINCT person_id FROM ${to.side}.person WHERE ${limits.join(' AND ')}`;
}
