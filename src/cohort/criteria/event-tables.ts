/** Which rows of which table are events of a criterion, before its window and its timing are asked. Rules R4 to R7, R81, R82, R88. */
import { ChartproofError, nearest } from '../../base/index.ts';
import {
  type ConceptSet,
  type DrugSource,
  type EventCriterion,
  type Protocol,
  visitKinds,
} from '../../protocol/index.ts';
import { type Parameter, routes, type TableName } from '../../records/index.ts';
import { codedAs } from './codes-sql.ts';
import { conceptSet } from './concept-set.ts';
import type { GivenTables } from './given-tables.ts';
import { valueConditions } from './measurement-sql.ts';

/** `authorized`: the tables behind the gate; `found`: those of whom it was narrowed to; `main`: all persons, to be counted only. */
export type Side = 'authorized' | 'found' | 'main';

/** What is known while a criterion is compiled. */
export interface Compiling extends GivenTables {
  readonly protocol: Protocol;
  readonly side: Side;
  /** The table of hits of each note query. */
  readonly noteTables: ReadonlyMap<string, string>;
  /** The units that measurements of the records have. */
  readonly units: readonly string[];
  /** Whether somebody asks how long events lasted (`overlapping`): otherwise they end on the day on which they began. */
  readonly withEnds: boolean;
  /** A value as a parameter of the query. */
  bind(value: Parameter): string;
}

/** Where events of a kind stand, and the columns of their id and day. */
export interface EventTable {
  readonly table: string;
  /** The table of the records whose rows these are, where it is another: hits of notes. */
  readonly rowsOf?: TableName;
  readonly id: string;
  readonly date: string;
  /** The latest day to which an event may have lasted, as SQL; absent: it lasts a day. */
  readonly until?: string;
  readonly where: readonly string[];
}

/** The tables that hold events of a criterion; errors as `compileCriterion`. */
export function eventTables(to: Compiling, event: EventCriterion): EventTable[] {
  if ('contact' in event) return contacts(to, event);
  const own = eventTable(to, event);
  const kept = to.coded?.get(own.table)?.rows;
  return [
    kept === undefined || own.rowsOf !== undefined ? own : { ...own, table: kept, rowsOf: own.table as TableName },
  ];
}

/** Where events with a code stand, by the key of their criterion. */
export const codedTables = {
  condition: 'condition_occurrence',
  procedure: 'procedure_occurrence',
  drug: 'drug_exposure',
  measurement: 'measurement',
  observation: 'observation',
} as const;

function eventTable(to: Compiling, event: EventCriterion): EventTable {
  if ('condition' in event) {
    return {
      table: 'condition_occurrence',
      id: 'condition_occurrence_id',
      date: 'condition_start_date',
      until: lastOf('condition_end_date'),
      where: [
        event.verification
          ? oneOf(to, `coalesce(verification_status, 'unknown')`, event.verification)
          : `coalesce(verification_status, '') NOT IN ('refuted', 'entered-in-error')`,
        codedAs(to, 'condition_occurrence', event.condition),
      ],
    };
  }
  if ('procedure' in event) {
    const coded = codedAs(to, 'procedure_occurrence', event.procedure);
    return procedures([coded]);
  }
  if ('drug' in event) return drugs(to, event);
  if ('measurement' in event) {
    const set = conceptSet(to.protocol, event.measurement);
    return measurements([codedAs(to, 'measurement', event.measurement), ...valueConditions(to, event, set)]);
  }
  if ('observation' in event) {
    return {
      table: 'observation',
      id: 'observation_id',
      date: 'observation_date',
      where: [NOT_AN_ERROR, codedAs(to, 'observation', event.observation)],
    };
  }
  if ('visit' in event) return visits(to, event);
  if ('death' in event)
    return { table: 'person', id: 'person_id', date: 'death_date', where: ['death_date IS NOT NULL'] };
  if ('contact' in event) throw new Error('Contacts are of several kinds');
  const table = to.noteTables.get(event.note);
  if (!table) throw new ChartproofError('cohort.note-query', 'A note query of the criterion was not searched.');
  return { table, rowsOf: 'note', id: 'note_id', date: 'note_date', where: [] };
}

const NOT_AN_ERROR = `coalesce(status, '') <> 'entered-in-error'`;

function procedures(where: readonly string[]): EventTable {
  return {
    table: 'procedure_occurrence',
    id: 'procedure_occurrence_id',
    date: 'procedure_date',
    where: [`coalesce(status, '') NOT IN ('not-done', 'entered-in-error')`, ...where],
  };
}

function measurements(where: readonly string[]): EventTable {
  const counted = `coalesce(status, '') NOT IN ('cancelled', 'entered-in-error')`;
  return { table: 'measurement', id: 'measurement_id', date: 'measurement_date', where: [counted, ...where] };
}

/** Of the four drug resources of FHIR R4; `canceled` is how pharmacies of the United States write it. */
const NOT_GIVEN = `'cancelled', 'canceled', 'declined', 'not-done', 'not-taken', 'entered-in-error'`;

/** A supply beyond this is a mistake of the records, and would lead past the last day that the engine knows. */
const CENTURY = 36_525;

function drugs(to: Compiling, event: Extract<EventCriterion, { readonly drug: string }>): EventTable {
  const set = conceptSet(to.protocol, event.drug);
  const start = 'main.last_possible(drug_exposure_start_date, drug_exposure_start_date_source)';
  return {
    table: 'drug_exposure',
    id: 'drug_exposure_id',
    date: 'drug_exposure_start_date',
    until: `coalesce(${lastOf('drug_exposure_end_date')}, ${start} + greatest(least(coalesce(days_supply, 1), ${CENTURY}), 1) - 1)`,
    where: [
      `lower(coalesce(status, '')) NOT IN (${NOT_GIVEN})`,
      `(${[codedAs(to, 'drug_exposure', event.drug), ...namedAs(to, set)].join(' OR ')})`,
      ...optional(to, 'route', knownRoutes(event.routes ?? set.drugs?.routes)),
      ...optional(to, 'drug_kind', event.sources satisfies readonly DrugSource[] | undefined),
      ...(event.forms ? [hasWords(to, `concat_ws(' ', dose_form, drug_source_value)`, event.forms)] : []),
    ],
  };
}

type Provider = Pick<Extract<EventCriterion, { readonly contact: 'any' }>, 'specialties' | 'exceptSpecialties'>;
type Visit = Pick<Extract<EventCriterion, { readonly visit: unknown }>, 'visit' | 'sites' | 'exceptSites'> & Provider;

function visits(to: Compiling, { visit, sites, exceptSites, ...provider }: Visit): EventTable {
  return {
    table: 'visit_occurrence',
    id: 'visit_occurrence_id',
    date: 'visit_start_date',
    until: lastOf('visit_end_date'),
    where: [
      ...optional(to, 'upper(visit_class)', visitKinds[visit]),
      ...byProvider(to, provider),
      ...(sites ? [atSite(to, oneOf(to, 'lower(care_site_name)', inSmall(sites)))] : []),
      ...(exceptSites ? [atSite(to, `NOT ${oneOf(to, 'lower(care_site_name)', inSmall(exceptSites))}`)] : []),
    ],
  };
}

function atSite(to: Compiling, condition: string): string {
  return `care_site_id IN (SELECT care_site_id FROM ${to.side}.care_site WHERE ${condition})`;
}

/** Everything that shows that a person was seen. Only a visit names a site; a measurement names no provider. */
function contacts(to: Compiling, event: Extract<EventCriterion, { readonly contact: 'any' }>): EventTable[] {
  const { exceptSites, specialties, exceptSpecialties } = event;
  const provider = { specialties, exceptSpecialties };
  const visit = visits(to, { visit: 'any', exceptSites, ...provider });
  if (exceptSites) return [visit];
  const procedure = procedures(byProvider(to, provider));
  const written = byProvider(to, provider, 'specialty');
  const note: EventTable = { table: 'note', id: 'note_id', date: 'note_date', where: [NOT_AN_ERROR, ...written] };
  return [visit, procedure, note, ...(specialties || exceptSpecialties ? [] : [measurements([])])];
}

/** `own` is a column that names a specialty, beside that of the provider. */
function byProvider(to: Compiling, { specialties, exceptSpecialties }: Provider, own?: string): string[] {
  const some = (condition: (column: string) => string): string => {
    const ofProvider = `provider_id IN (SELECT provider_id FROM ${to.side}.provider WHERE ${condition('specialty_source_value')})`;
    return own === undefined ? ofProvider : `(${condition(own)} OR ${ofProvider})`;
  };
  const named = (names: readonly string[]): string => some((column) => nameIn(to, column, names));
  return [
    ...(specialties ? [named(specialties)] : []),
    ...(exceptSpecialties
      ? [some((column) => `${column} IS NOT NULL`), `NOT coalesce(${named(exceptSpecialties)}, false)`]
      : []),
  ];
}

/** Whether a column has one of the names, alone or among several, as the specialties of a provider stand in it. */
function nameIn(to: Compiling, column: string, names: readonly string[]): string {
  const wanted = to.bind(inSmall(names));
  return `list_has_any(${wanted}, list_append(str_split(lower(${column}), '; '), lower(${column})))`;
}

function inSmall(names: readonly string[]): readonly string[] {
  return names.map((one) => one.toLowerCase());
}

function lastOf(date: string): string {
  return `main.last_possible(${date}, ${date}_source)`;
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

/** Rows whose text has one of the drug names. */
function namedAs(to: Compiling, set: ConceptSet): string[] {
  const names = set.drugs?.names ?? [];
  return names.length > 0 ? [hasWords(to, 'drug_source_value', names)] : [];
}

/** Texts that have one of the names, as whole words: a single pattern, since each is a pass over the text. */
export function hasWords(to: Pick<Compiling, 'bind'>, text: string, names: readonly string[]): string {
  const words = names.map((name) =>
    name
      .trim()
      .split(/\s+/)
      .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('\\s+'),
  );
  const pattern = `(?i)(^|[^\\p{L}\\p{M}\\p{N}])(${words.join('|')})($|[^\\p{L}\\p{M}\\p{N}])`;
  return `regexp_matches(${text}, ${to.bind(pattern)})`;
}

function oneOf(to: Compiling, column: string, values: readonly string[]): string {
  return `list_contains(${to.bind(values)}, ${column})`;
}

function optional(to: Compiling, column: string, values: readonly string[] | undefined): string[] {
  return values === undefined ? [] : [oneOf(to, column, values)];
}
