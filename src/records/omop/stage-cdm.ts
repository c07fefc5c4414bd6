/** Says what `staged_TABLE` is: queries on the tables that `read-cdm.ts` has made. */
import { MAPPING_VERSION } from '../decode-piece.ts';
import { literal } from '../duckdb.ts';
import { NEVER } from '../resource-rows.ts';
import type { ImportTable } from '../rows.ts';
import type { Staging } from '../staging.ts';
import { type CdmTableName, cdmTable, cdmTableNames } from './cdm-tables.ts';
import { drugMapping } from './map-drug.ts';
import {
  conditionMapping,
  measurementMapping,
  noteMapping,
  observationMapping,
  procedureMapping,
  visitMapping,
} from './map-events.ts';
import {
  ancestorMapping,
  careSiteMapping,
  conceptMapping,
  providerMapping,
  relationshipMapping,
} from './map-others.ts';
import { authorizationMapping, deathMapping, personMapping } from './map-person.ts';
import type { CdmMapping } from './mapping.ts';

const mappings: Readonly<Record<CdmTableName, CdmMapping>> = {
  person: personMapping,
  death: deathMapping,
  visit_occurrence: visitMapping,
  condition_occurrence: conditionMapping,
  drug_exposure: drugMapping,
  procedure_occurrence: procedureMapping,
  measurement: measurementMapping,
  observation: observationMapping,
  note: noteMapping,
  provider: providerMapping,
  care_site: careSiteMapping,
  research_authorization: authorizationMapping,
  // Its name is all that is needed, and stands in the name of its resource.
  cdm_source: { concepts: [], rows: {} },
  concept: conceptMapping,
  concept_relationship: relationshipMapping,
  concept_ancestor: ancestorMapping,
};

/** Defines what is staged from the tables of the CDM that came, `cdm_meaning` and the routes being there. */
export function stageCdm(staging: Staging, came: ReadonlySet<string>): void {
  const tables = cdmTableNames.filter((table) => came.has(table));
  const resources: string[] = [];
  const codes: string[] = [];
  for (const table of tables) {
    const mapping = mappings[table];
    for (const [into, columns] of Object.entries(mapping.rows)) {
      staging.define(into as ImportTable, rowsQuery(table, mapping, columns));
    }
    resources.push(resourceQuery(table, mapping));
    codes.push(...codeQueries(table, mapping));
  }
  if (resources.length > 0) staging.define('resource', resources.join(' UNION ALL '));
  if (codes.length > 0) staging.define('coding', codes.join(' UNION ALL '));
}

function rowsQuery(table: CdmTableName, mapping: CdmMapping, columns: Readonly<Record<string, string>>): string {
  const values = Object.entries(columns).map(([column, expression]) => `${expression} AS ${column}`);
  return `SELECT own.version, ${values.join(', ')}, ${provenance(table)} ${from(table, mapping)}${mapping.joins ?? ''}
    WHERE own.reason IS NULL AND ${mapping.where ?? 'true'}`;
}

/** The version of a row is its cells and what its concepts mean: a vocabulary that comes later makes another row of it. */
function resourceQuery(table: CdmTableName, mapping: CdmMapping): string {
  const meanings = mapping.concepts.map((column) => `coalesce(${meaningOf(column)}.print, '')`);
  const content = meanings.length === 0 ? 'own.content' : `md5(concat(own.content, ${meanings.join(', ')}))`;
  const digits = `sha256(${sourceId(table)})[1:16]`;
  return `
    SELECT own.version, (('0x' || ${digits})::UBIGINT >> 1)::BIGINT AS resource_id, ${literal(table)} AS resource_type,
      ${NEVER} AS updated_ms, '${MAPPING_VERSION}-' || ${content}[1:16] AS content, ${provenance(table)} ${from(table, mapping)}
    WHERE own.reason IS NULL`;
}

/** The codes of rows. What nobody describes has its concept id for a code, of vocabulary `OMOP`. */
function codeQueries(table: CdmTableName, { codes = [] }: CdmMapping): string[] {
  const [id = ''] = cdmTable(table).key;
  return codes.map((column, rank) => {
    const before = codes.slice(0, rank).map((other) => ` AND own.${column} IS DISTINCT FROM own.${other}`);
    const code = meaningOf(column);
    return `
      SELECT own.version, own.person_id, ${literal(table)} AS table_name, own.${id} AS row_id,
        coalesce(${code}.vocabulary_id, 'OMOP') AS vocabulary_id, coalesce(${code}.code, own.${column}::VARCHAR) AS code,
        ${code}.name AS display, ${rank} AS rank, ${provenance(table)} ${from(table, { concepts: [column] })}
      WHERE own.reason IS NULL AND own.${column} <> 0${before.join('')}`;
  });
}

function from(table: CdmTableName, { concepts }: Pick<CdmMapping, 'concepts'>): string {
  const joins = concepts.map((column) => {
    const meaning = meaningOf(column);
    return ` LEFT JOIN cdm_meaning AS ${meaning} ON ${meaning}.concept_id = own.${column}`;
  });
  return `FROM cdm_${table} AS own${joins.join('')}`;
}

/** `race_concept` of `race_concept_id`. */
function meaningOf(column: string): string {
  return column.replace(/_id$/, '');
}

function provenance(table: CdmTableName): string {
  return `own.src_file, own.src_line, ${sourceId(table)} AS src_id, NULL::VARCHAR AS src_updated`;
}

/** `condition_occurrence/123` */
function sourceId(table: CdmTableName): string {
  const cells = cdmTable(table).key.map((column) => `coalesce(own.${column}::VARCHAR, '')`);
  return `concat_ws('/', ${[literal(table), ...cells].join(', ')})`;
}
