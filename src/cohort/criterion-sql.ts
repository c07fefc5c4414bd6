/** A criterion of the protocol as one SQL query for the `person_id` of those who meet it. Rules R4 to R11. */
import { ChartproofError, dayRange, nearest } from '../base/index.ts';
import type { ConceptSet, Criterion, DrugSource, Protocol } from '../protocol/index.ts';
import { type Parameter, routes } from '../records/index.ts';

import { codedAs, requireCrosswalks } from './codes-sql.ts';
import type { Gate } from './gate.ts';

/** SQL and what it is asked with. */
export interface CriterionQuery {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
}

/** `authorized`: the tables behind the gate; `main`: all persons, to be counted only. */
export type Side = 'authorized' | 'main';

/**
 * Compiles a criterion; the notes that it asks for are searched now.
 * Errors: `cohort.unknown-concept`, `cohort.unknown-route`, `cohort.no-crosswalk`, `notes.query`.
 */
export async function compileCriterion(gate: Gate, criterion: Criterion, side: Side): Promise<CriterionQuery> {
  for (const id of codedSets(criterion)) await requireCrosswalks(gate, id, conceptSet(gate.protocol, id));
  const noteTables = new Map<string, string>();
  for (const query of noteQueries(criterion)) noteTables.set(query, await gate.noteTable(query));
  const parameters: Record<string, Parameter> = {};
  const bind = (value: Parameter): string => {
    const name = `p${Object.keys(parameters).length}`;
    parameters[name] = value;
    return `$${name}`;
  };
  const sql = personsOf({ protocol: gate.protocol, side, noteTables, bind }, criterion);
  return { sql, parameters };
}

function noteQueries(criterion: Criterion): string[] {
  if ('note' in criterion) return [criterion.note];
  return partsOf(criterion).flatMap(noteQueries);
}

/** The concept sets whose codes are looked for. */
function codedSets(criterion: Criterion): string[] {
  if ('condition' in criterion) return [criterion.condition];
  if ('procedure' in criterion) return [criterion.procedure];
  if ('drug' in criterion) return [criterion.drug];
  return partsOf(criterion).flatMap(codedSets);
}

function partsOf(criterion: Criterion): readonly Criterion[] {
  if ('all' in criterion) return criterion.all;
  if ('any' in criterion) return criterion.any;
  if ('none' in criterion) return criterion.none;
  return [];
}

interface Compiling {
  readonly protocol: Protocol;
  readonly side: Side;
  readonly noteTables: ReadonlyMap<string, string>;
  bind(value: Parameter): string;
}

function personsOf(to: Compiling, criterion: Criterion): string {
  const parts = partsOf(criterion).map((part) => `(${personsOf(to, part)})`);
  if ('all' in criterion) return parts.join('\nINTERSECT\n');
  if ('any' in criterion) return parts.join('\nUNION\n');
  if ('none' in criterion) return `SELECT person_id FROM ${to.side}.person\nEXCEPT\n(${parts.join('\nUNION\n')})`;
  if ('age' in criterion) return agePersons(to, criterion.age);
  if ('sex' in criterion)
    return `SELECT person_id FROM ${to.side}.person WHERE coalesce(sex, 'unknown') = ${to.bind(criterion.sex)}`;
  return eventPersons(to, criterion);
}

type Leaf = Extract<Criterion, { readonly atLeast: number }>;

/** The columns that differ from one table of events to the next. */
interface EventTable {
  readonly table: string;
  readonly date: string;
  readonly where: readonly string[];
}

function eventPersons(to: Compiling, leaf: Leaf): string {
  const { table, date, where } = eventsOf(to, leaf);
  const conditions = [...where, ...windowOf(to, leaf.during, date)];
  const filter = conditions.length > 0 ? `\nWHERE ${conditions.join('\n  AND ')}` : '';
  return `SELECT person_id FROM ${to.side}.${table}${filter}\nGROUP BY person_id HAVING count(*) >= ${to.bind(leaf.atLeast)}`;
}

/** Of the four drug resources of FHIR R4; `canceled` is how pharmacies of the United States write it. */
const NOT_GIVEN = `'cancelled', 'canceled', 'declined', 'not-done', 'not-taken', 'entered-in-error'`;

function eventsOf(to: Compiling, leaf: Leaf): EventTable {
  if ('condition' in leaf) {
    return {
      table: 'condition_occurrence',
      date: 'condition_start_date',
      where: [
        `coalesce(verification_status, '') NOT IN ('refuted', 'entered-in-error')`,
        codedAs(to, 'condition_occurrence', conceptSet(to.protocol, leaf.condition)),
      ],
    };
  }
  if ('procedure' in leaf) {
    return {
      table: 'procedure_occurrence',
      date: 'procedure_date',
      where: [
        `coalesce(status, '') NOT IN ('not-done', 'entered-in-error')`,
        codedAs(to, 'procedure_occurrence', conceptSet(to.protocol, leaf.procedure)),
      ],
    };
  }
  if ('drug' in leaf) {
    const set = conceptSet(to.protocol, leaf.drug);
    return {
      table: 'drug_exposure',
      date: 'drug_exposure_start_date',
      where: [
        `lower(coalesce(status, '')) NOT IN (${NOT_GIVEN})`,
        `(${[codedAs(to, 'drug_exposure', set), ...namedAs(to, set)].join(' OR ')})`,
        ...oneOf(to, 'route', knownRoutes(leaf.routes ?? set.drugs?.routes)),
        ...oneOf(to, 'drug_kind', leaf.sources satisfies readonly DrugSource[] | undefined),
      ],
    };
  }
  const table = to.noteTables.get(leaf.note);
  if (!table) throw new ChartproofError('cohort.note-query', 'A note query of the criterion was not searched.');
  return { table, date: 'note_date', where: [] };
}

/** A route that no row can have would leave out everybody, without a word. */
function knownRoutes(named: readonly string[] | undefined): readonly string[] | undefined {
  for (const name of named ?? []) {
    if ((routes as readonly string[]).includes(name)) continue;
    const near = nearest(name, routes);
    const tip = near ? `Did you mean \`${near}\`?` : `There is: ${routes.join(', ')}.`;
    throw new ChartproofError('cohort.unknown-route', `There is no route \`${name}\`.`, { tip });
  }
  return named;
}

/** The set that a criterion names. */
function conceptSet(protocol: Protocol, id: string): ConceptSet {
  const set = protocol.concepts[id];
  if (set) return set;
  const near = nearest(id, Object.keys(protocol.concepts));
  const tip = near ? `Did you mean \`${near}\`?` : 'Add it under `concepts:`.';
  throw new ChartproofError('cohort.unknown-concept', `The protocol has no concept set \`${id}\`.`, { tip });
}

/** Rows whose text has one of the drug names, as whole words. */
function namedAs(to: Compiling, set: ConceptSet): string[] {
  return (set.drugs?.names ?? []).map((name) => {
    const words = name
      .trim()
      .split(/\s+/)
      .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    const pattern = `(?i)(^|[^\\p{L}\\p{M}\\p{N}])${words.join('\\s+')}($|[^\\p{L}\\p{M}\\p{N}])`;
    return `regexp_matches(drug_source_value, ${to.bind(pattern)})`;
  });
}

function oneOf(to: Compiling, column: string, values: readonly string[] | undefined): string[] {
  return values === undefined ? [] : [`list_contains(${to.bind(values)}, ${column})`];
}

function windowOf(to: Compiling, during: Leaf['during'], date: string): string[] {
  if (during === undefined) return [];
  const { from, to: until } =
    during === 'period' ? { from: to.protocol.period.start, to: to.protocol.period.end } : during;
  return [
    `${date} IS NOT NULL`,
    ...(from === undefined
      ? []
      : [`main.last_possible(${date}, ${date}_source) >= ${to.bind(dayRange(from).earliest)}::DATE`]),
    ...(until === undefined ? [] : [`${date} <= ${to.bind(dayRange(until).latest)}::DATE`]),
  ];
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
  return `SELECT person_id FROM ${to.side}.person WHERE ${limits.join(' AND ')}`;
}
