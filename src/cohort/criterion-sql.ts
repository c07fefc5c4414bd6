/** A criterion of the protocol as one SQL query for the `person_id` of those who meet it. Rules R4 to R11 and R80 to R88. */
import { dayRange } from '../base/index.ts';
import {
  asksValues,
  type Criterion,
  conceptSetsIn,
  type EventCriterion,
  isEvent,
  noteQueriesIn,
  partsOf,
  resolved,
} from '../protocol/index.ts';
import type { Parameter } from '../records/index.ts';
import { requireCrosswalks } from './codes-sql.ts';
import { eventsSql } from './event-sql.ts';
import type { Compiling, Side } from './event-tables.ts';
import type { Gate } from './gate.ts';

export type { Side };

/** SQL and what it is asked with. */
export interface CriterionQuery {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
}

/**
 * Compiles a criterion; the notes that it asks for are searched now.
 * Errors: `cohort.unknown-concept`, `cohort.unknown-route`, `cohort.no-crosswalk`, `notes.query`.
 */
export async function compileCriterion(gate: Gate, criterion: Criterion, side: Side): Promise<CriterionQuery> {
  const whole = resolved(gate.protocol, criterion);
  const { to, parameters } = await compiling(gate, whole, side);
  return { sql: personsSql(to, whole), parameters };
}

/** What has to be known to compile a criterion whose names are resolved, or any part of it. Errors as {@link compileCriterion}. */
export async function compiling(
  gate: Gate,
  whole: Criterion,
  side: Side,
): Promise<{ readonly to: Compiling; readonly parameters: Readonly<Record<string, Parameter>> }> {
  const { protocol } = gate;
  for (const id of conceptSetsIn(whole)) {
    const set = protocol.concepts[id];
    if (set) await requireCrosswalks(gate, id, set);
  }
  const noteTables = new Map<string, string>();
  for (const query of noteQueriesIn(whole)) noteTables.set(query, await gate.noteTable(query));
  const units = asksValues(whole) ? await gate.measurementUnits() : [];
  const parameters: Record<string, Parameter> = {};
  const bind = (value: Parameter): string => {
    const name = `p${Object.keys(parameters).length}`;
    parameters[name] = value;
    return `$${name}`;
  };
  return { to: { protocol, side, noteTables, units, bind }, parameters };
}

/** The persons who meet a criterion whose names are resolved: each once. */
function personsSql(to: Compiling, criterion: Criterion): string {
  const parts = partsOf(criterion).map((part) => `(${personsSql(to, part)})`);
  if ('all' in criterion) return parts.join('\nINTERSECT\n');
  if ('any' in criterion) return parts.join('\nUNION\n');
  if ('none' in criterion) return `SELECT person_id FROM ${to.side}.person\nEXCEPT\n(${parts.join('\nUNION\n')})`;
  if ('of' in criterion)
    return `SELECT person_id FROM (${parts.join('\nUNION ALL\n')})\nGROUP BY person_id HAVING count(*) >= ${to.bind(criterion.atLeast)}`;
  if ('age' in criterion) return agePersons(to, criterion.age);
  if ('sex' in criterion)
    return `SELECT DISTINCT person_id FROM ${to.side}.person WHERE coalesce(sex, 'unknown') = ${to.bind(criterion.sex)}`;
  if (isEvent(criterion)) return eventPersons(to, criterion);
  throw new Error('A criterion whose name was not resolved');
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
