/** The queries of the merge. They run on the staging database, after `won` is settled. */
import { columnsOf, type ImportTable } from './rows.ts';

/** The rows of a table that stand, as they were decoded. */
function mergedRows(table: ImportTable): string {
  const columns = Object.keys(columnsOf(table)).join(', ');
  return `
    SELECT ${columns} FROM current_${table} ANTI JOIN replaced USING (src_id)
    UNION ALL
    SELECT ${columns} FROM staged_${table} SEMI JOIN won USING (version)`;
}

/** Small tables that others are resolved with: the Medications, deaths, and what a provider or a site is under any of its names. */
export const preparations: readonly string[] = [
  ...(
    [
      'medication',
      'medication_coding',
      'medication_link',
      'provider_alias',
      'provider_specialty',
      'death',
      'care_site_alias',
    ] as const
  ).map((table) => `CREATE TABLE merged_${table} AS ${mergedRows(table)}`),
  // An alias may lead to an alias: a role names its practitioner by an identifier.
  `CREATE TABLE known_provider AS
   SELECT first.alias_id, min(coalesce(second.provider_id, first.provider_id)) AS provider_id
   FROM merged_provider_alias first LEFT JOIN merged_provider_alias second ON second.alias_id = first.provider_id
   GROUP BY first.alias_id`,
  `CREATE TABLE known_care_site AS
   SELECT alias_id, min(care_site_id) AS care_site_id FROM merged_care_site_alias GROUP BY alias_id`,
  `CREATE TABLE known_specialty AS
   SELECT coalesce(known.provider_id, said.provider_id) AS provider_id,
          string_agg(DISTINCT said.specialty_source_value, '; ' ORDER BY said.specialty_source_value) AS specialty
   FROM merged_provider_specialty said LEFT JOIN known_provider known ON known.alias_id = said.provider_id
   GROUP BY ALL`,
];

const PROVIDERS: readonly ImportTable[] = ['provider_alias'];
const MEDICATIONS: readonly ImportTable[] = ['medication', 'medication_coding', 'medication_link'];

/** The tables whose rows say something that comes from other resources, and from which. */
export const resolvedTables = {
  person: ['death'],
  visit_occurrence: [...PROVIDERS, 'care_site_alias'],
  condition_occurrence: PROVIDERS,
  procedure_occurrence: PROVIDERS,
  drug_exposure: [...PROVIDERS, ...MEDICATIONS],
  coding: MEDICATIONS,
  provider: [...PROVIDERS, 'provider_specialty'],
  note: [...PROVIDERS, 'provider_specialty'],
} as const satisfies Partial<Record<ImportTable, readonly ImportTable[]>>;

/** The rows of a table in the next snapshot. */
export function rowsOf(table: ImportTable): string {
  const merged = mergedRows(table);
  const provider = 'LEFT JOIN known_provider ON known_provider.alias_id = own.provider_id';
  const provider_id = 'coalesce(known_provider.provider_id, own.provider_id) AS provider_id';
  switch (table) {
    case 'person':
      return `
        SELECT own.* REPLACE (coalesce(death.death_date, own.death_date) AS death_date,
          coalesce(death.death_date_source, own.death_date_source) AS death_date_source)
        FROM (${merged}) own LEFT JOIN merged_death death USING (person_id)`;
    case 'visit_occurrence':
      return `
        SELECT own.* REPLACE (${provider_id}, coalesce(site.care_site_id, own.care_site_id) AS care_site_id)
        FROM (${merged}) own ${provider} LEFT JOIN known_care_site site ON site.alias_id = own.care_site_id`;
    case 'condition_occurrence':
    case 'procedure_occurrence':
      return `SELECT own.* REPLACE (${provider_id}) FROM (${merged}) own ${provider}`;
    case 'drug_exposure':
      return `
        SELECT own.* REPLACE (${provider_id},
          coalesce(medication.drug_source_value, own.drug_source_value) AS drug_source_value,
          coalesce(medication.dose_form, own.dose_form) AS dose_form,
          coalesce(link.stated_route, medication.route, own.route) AS route)
        FROM (${merged}) own ${provider}
        LEFT JOIN merged_medication_link link ON link.drug_exposure_id = own.drug_exposure_id
        LEFT JOIN merged_medication medication ON medication.medication_id = link.medication_id`;
    case 'coding':
      // The codes of a Medication stand at every drug row that names it: made anew each time, known by their source.
      return `
        SELECT * FROM (${merged}) WHERE NOT (table_name = 'drug_exposure' AND starts_with(src_id, 'Medication/'))
        UNION ALL BY NAME
        SELECT link.person_id, 'drug_exposure' AS table_name, link.drug_exposure_id AS row_id, code.* EXCLUDE (medication_id)
        FROM merged_medication_link link JOIN merged_medication_coding code USING (medication_id)`;
    case 'note':
      return `
        SELECT own.* REPLACE (${provider_id}, coalesce(known_specialty.specialty, own.specialty) AS specialty)
        FROM (${merged}) own ${provider}
        LEFT JOIN known_specialty
          ON known_specialty.provider_id = coalesce(known_provider.provider_id, own.provider_id)`;
    case 'provider':
      return `
        SELECT own.* REPLACE (coalesce(known_specialty.specialty, own.specialty_source_value) AS specialty_source_value)
        FROM (${merged}) own LEFT JOIN known_specialty USING (provider_id)`;
    default:
      return merged;
  }
}

/** The order of the rows of a table: by person, then so that no two rows change places between runs. */
export function orderOf(table: ImportTable): string {
  const columns = Object.keys(columnsOf(table));
  const first = columns.includes('person_id') ? ['person_id'] : [];
  const next = table === 'coding' ? ['table_name', 'row_id', 'rank', 'code', 'vocabulary_id'] : columns.slice(0, 1);
  return [...new Set([...first, ...next]), 'src_id', ...columns.filter((column) => TELLING.has(column))].join(', ');
}

/** Columns that tell the rows of one resource apart, where it has several. */
const TELLING = new Set([
  'record_number',
  'family_name',
  'given_name',
  'decision',
  'decided_date',
  'alias_id',
  'specialty_source_value',
  'rank',
]);
