/** Drugs: what they are called, how they are given, and what the row is a record of. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsInBatches } from '../open-records.ts';
import { routeOf } from '../route.ts';
import type { Staging } from '../staging.ts';
import type { Columns } from '../tables.ts';
import { type CdmMapping, day, reference, rowSql, shown } from './mapping.ts';

/**
 * The name of the drug, and behind it in brackets what the source calls it in words of its own: a compounded drug is often
 * mapped to one ingredient, and is to be found by the others too.
 */
const TEXT = `${shown('drug')} || CASE
  WHEN regexp_matches(own.drug_source_value, '[A-Za-z]{3}') AND NOT contains(lower(${shown('drug')}), lower(own.drug_source_value))
  THEN ' [' || own.drug_source_value || ']' ELSE '' END`;

/**
 * What a drug type says the row is. Types of before 2020 by their ids, all by the words of their names. What says
 * nothing is a statement: the record has the drug, and does not say how.
 */
const KIND = `CASE
  WHEN own.drug_type_concept_id IN (32818, 38000179, 38000180, 43542356, 43542357, 43542358, 581373)
    OR regexp_matches(drug_type_concept.name, '(?i)administ') THEN 'administration'
  WHEN own.drug_type_concept_id IN (32825, 32869, 38000175, 38000176, 581452)
    OR regexp_matches(drug_type_concept.name, '(?i)dispens|pharmacy claim|mail order') THEN 'dispense'
  WHEN own.drug_type_concept_id IN (32830, 32862, 32865, 44787730, 38000178)
    OR regexp_matches(drug_type_concept.name, '(?i)self-report|medication list|survey') THEN 'statement'
  WHEN own.drug_type_concept_id IN (32833, 32838, 32839, 38000177)
    OR regexp_matches(drug_type_concept.name, '(?i)prescri|order') THEN 'order'
  ELSE 'statement' END`;

const ROUTES: Columns = { route_concept_id: 'BIGINT', route_source_value: 'VARCHAR', route: 'VARCHAR' };
const DRUGS: Columns = { text: 'VARCHAR', route: 'VARCHAR' };

const CONCEPTS = ['drug_concept_id', 'drug_source_concept_id', 'drug_type_concept_id', 'route_concept_id'] as const;

export const drugMapping: CdmMapping = {
  concepts: CONCEPTS,
  codes: ['drug_concept_id', 'drug_source_concept_id'],
  joins: `
    LEFT JOIN cdm_stated_route AS stated ON stated.route_concept_id IS NOT DISTINCT FROM own.route_concept_id
      AND stated.route_source_value IS NOT DISTINCT FROM own.route_source_value
    LEFT JOIN cdm_drug_route AS implied ON implied.text = ${TEXT}`,
  rows: rowSql('drug_exposure', {
    drug_exposure_id: 'own.drug_exposure_id',
    person_id: 'own.person_id',
    ...day('drug_exposure_start_date'),
    ...day('drug_exposure_end_date'),
    drug_kind: KIND,
    drug_source_value: TEXT,
    route: 'coalesce(stated.route, implied.route)',
    route_source_value: 'coalesce(route_concept.name, own.route_source_value)',
    dose_form: 'NULL::VARCHAR',
    sig: 'own.sig',
    dose: 'NULL::DOUBLE',
    dose_unit: 'own.dose_unit_source_value',
    times_per_day: 'NULL::DOUBLE',
    frequency_source_value: 'NULL::VARCHAR',
    quantity: 'own.quantity',
    quantity_unit: 'NULL::VARCHAR',
    refills: 'own.refills',
    days_supply: 'own.days_supply',
    status: 'NULL::VARCHAR',
    ...reference('visit_occurrence_id'),
    ...reference('provider_id'),
  }),
};

/**
 * Makes `cdm_stated_route` and `cdm_drug_route`: the routes of what rows state, and of what drugs are called (rules R9 to
 * R12). Exports have few of either.
 */
export async function findRoutes(staging: Staging): Promise<void> {
  const { connection } = staging;
  const meaning = (column: string): string =>
    `LEFT JOIN cdm_meaning AS ${column} ON ${column}.concept_id = own.${column}_id`;
  const stated = staging.scratch('cdm_stated_route', ROUTES);
  const routes = `
    SELECT DISTINCT own.route_concept_id, own.route_source_value, route_concept.code, route_concept.name
    FROM cdm_drug_exposure AS own ${meaning('route_concept')}`;
  for await (const { route_concept_id, route_source_value, code, name } of texts(connection, routes)) {
    const said = [name, route_source_value].flatMap((text) => text ?? []);
    const route = routeOf({ codes: code === null || code === undefined ? [] : [code], stated: said });
    stated.append(0, {
      route_concept_id: route_concept_id ?? null,
      route_source_value: route_source_value ?? null,
      route,
    });
  }
  await staging.load('cdm_stated_route', stated, ROUTES);
  const implied = staging.scratch('cdm_drug_route', DRUGS);
  const drugs = `
    SELECT DISTINCT ${TEXT} AS text
    FROM cdm_drug_exposure AS own ${meaning('drug_concept')} ${meaning('drug_source_concept')}`;
  for await (const { text } of texts(connection, drugs)) {
    const route = routeOf({ drug: text ?? null });
    if (text && route !== null) implied.append(0, { text, route });
  }
  await staging.load('cdm_drug_route', implied, DRUGS);
}

async function* texts(
  connection: DuckDBConnection,
  query: string,
): AsyncGenerator<Readonly<Record<string, string | null>>> {
  for await (const batch of rowsInBatches(connection, query)) {
    for (const row of batch) yield row as Readonly<Record<string, string | null>>;
  }
}
