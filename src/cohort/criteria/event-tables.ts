/** Which rows of which table are events of a criterion, before its window and its timing are asked. Rules R4 to R7, R81, R82, R88. */
import { ChartproofError, nearest } from '../../base/index.ts';
import type { ConceptSet, DrugSource, EventCriterion } from '../../protocol/index.ts';
import { routes, type TableName } from '../../records/index.ts';
import { codedAs } from './codes-sql.ts';
import { type Compiling, type EventTable, lastOf, oneOf, optional } from './compiling.ts';
import { conceptSet } from './concept-set.ts';
import { valueConditions } from './measurement-sql.ts';
import { byProvider, visits } from './visit-tables.ts';

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

/** Rows whose text has one of the drug names; of rows that were kept the codings tell that too. */
function namedAs(to: Compiling, set: ConceptSet): string[] {
  if (to.coded?.get('drug_exposure')?.rows !== undefined) return [];
  const names = set.drugs?.names ?? [];
  return names.length > 0 ? [hasWords(to, 'drug_source_value', names)] : [];
}

/** Texts that have one of the names, as whole words: a single pattern, since each is a pass over the text. */
export function hasWords(to: Pick<Compiling, 'bind'>, text: string, names: readonly string[]): string {
  const pattern = `(?i)(^|[^\\p{L}\\p{M}\\p{N}])(${anyOf(names)})($|[^\\p{L}\\p{M}\\p{N}])`;
  return `regexp_matches(${text}, ${to.bind(pattern)})`;
}

/** Texts that have one of the names anywhere, be it within a word: found sooner than {@link hasWords}, and more of them. */
export function hasNames(to: Pick<Compiling, 'bind'>, text: string, names: readonly string[]): string {
  return `regexp_matches(${text}, ${to.bind(`(?i)(${anyOf(names)})`)})`;
}

function anyOf(names: readonly string[]): string {
  const words = names.map((name) =>
    name
      .trim()
      .split(/\s+/)
      .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('\\s+'),
  );
  return words.join('|');
}
