/**
 * Ids of a CDM are numbers that begin at 1 in every hospital: rows of two databases would replace one another. A
 * workspace therefore has the CDM of one source.
 */
import { join } from 'node:path';
import { ChartproofError } from '../../base/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { literal } from '../duckdb.ts';
import type { ImportSink } from '../import-run.ts';
import { personMapping } from './map-person.ts';

/** Fewer persons than this prove nothing: birth dates are corrected now and then. */
const ENOUGH = 10;

/**
 * Refuses what comes from another source than the CDM that is there: `cdm_source` has another name, or more than half of the
 * persons whose ids come again have another birth date or sex. Error: `omop.other-source`.
 */
export async function refuseOtherSource({ staging, parent }: ImportSink, workspace: Workspace): Promise<void> {
  const [person, resource] = [parent?.tables.person?.file, parent?.tables.resource?.file];
  if (person === undefined || resource === undefined) return;
  const { birth_date_source, sex } = personMapping.rows.person ?? {};
  const stored = (file: string): string => `read_parquet(${literal(join(workspace.paths.records, file))})`;
  const reader = await staging.connection.runAndReadAll(`
    WITH
      known AS (SELECT src_id FROM ${stored(resource)} WHERE resource_type = 'cdm_source'),
      comes AS (SELECT DISTINCT 'cdm_source/' || cdm_source_name AS src_id FROM cdm_cdm_source WHERE reason IS NULL),
      again AS (
        SELECT (${birth_date_source}) IS DISTINCT FROM before.birth_date_source OR (${sex}) IS DISTINCT FROM before.sex AS differs
        FROM cdm_person own JOIN ${stored(person)} before ON before.src_id = 'person/' || own.person_id
        WHERE own.reason IS NULL)
    SELECT
      (SELECT count(*) FROM known) > 0 AND (SELECT count(*) FROM comes ANTI JOIN known USING (src_id)) > 0,
      (SELECT count(*) FILTER (differs) * 2 > count(*) AND count(*) >= ${ENOUGH} FROM again)`);
  const [otherName, otherPersons] = reader.getRows()[0] ?? [];
  if (otherName === true || otherPersons === true) {
    throw new ChartproofError(
      'omop.other-source',
      'These files come from another OMOP database than the one that is here.',
      {
        tip: 'Ids of two databases would be mixed up. Make a workspace of its own for each: chartproof init DIR',
      },
    );
  }
}
