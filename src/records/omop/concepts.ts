/**
 * What the concept ids of an export mean: by its own vocabulary files, else by what was imported before. Only concepts
 * that its rows name are kept here, so that a vocabulary of millions costs no memory.
 */
import { join } from 'node:path';
import type { Workspace } from '../../workspace/index.ts';
import { literal } from '../duckdb.ts';
import type { ImportSink } from '../import-run.ts';
import { cdmTable, cdmTableNames } from './cdm-tables.ts';

/**
 * Makes `cdm_meaning`: `concept_id`, `name`, `vocabulary_id`, `code`, and `print`, which changes whenever one of them does. A
 * concept that nobody describes has no row.
 */
export async function describeConcepts({ staging, parent }: ImportSink, workspace: Workspace): Promise<void> {
  const named = cdmTableNames.flatMap((table) => {
    const columns = Object.keys(cdmTable(table).columns).filter((column) => column.endsWith('_concept_id'));
    return table.startsWith('concept') ? [] : columns.map((column) => `SELECT DISTINCT ${column} FROM cdm_${table}`);
  });
  const file = parent?.tables.concept?.file;
  const before =
    file === undefined
      ? []
      : [
          `SELECT concept_id, concept_name, vocabulary_id, concept_code, 1, 0
           FROM read_parquet(${literal(join(workspace.paths.records, file))})`,
        ];
  const sources = [
    'SELECT concept_id, concept_name, vocabulary_id, concept_code, 2, version FROM cdm_concept WHERE reason IS NULL',
    ...before,
    `SELECT concept_id, name, NULL, NULL, 0, 0
     FROM (VALUES ${WELL_KNOWN.map(([id, name]) => `(${id}, ${literal(name)})`).join(', ')}) AS well_known(concept_id, name)`,
  ];
  await staging.connection.run(`
    CREATE TABLE cdm_meaning AS
    WITH named(concept_id) AS (${named.join(' UNION ')}),
      known(concept_id, name, vocabulary_id, code, rank, version) AS (${sources.join(' UNION ALL ')})
    SELECT concept_id, name, vocabulary_id, code, md5(concat_ws(chr(31), name, vocabulary_id, code)) AS print
    FROM known SEMI JOIN named USING (concept_id)
    WHERE concept_id <> 0
    QUALIFY row_number() OVER (PARTITION BY concept_id ORDER BY rank DESC, version DESC) = 1`);
}

/** Names of concepts that every CDM uses, for exports that come without a vocabulary. (OHDSI Standardized Vocabularies.) */
const WELL_KNOWN: readonly (readonly [id: number, name: string])[] = [
  [8515, 'Asian'],
  [8516, 'Black or African American'],
  [8527, 'White'],
  [8557, 'Native Hawaiian or Other Pacific Islander'],
  [8657, 'American Indian or Alaska Native'],
  [9201, 'Inpatient Visit'],
  [9202, 'Outpatient Visit'],
  [9203, 'Emergency Room Visit'],
  [38003563, 'Hispanic or Latino'],
  [38003564, 'Not Hispanic or Latino'],
];
