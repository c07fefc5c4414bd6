/** What linkage has decided, as the merge reads it. */
import { join } from 'node:path';
import type { Workspace } from '../../workspace/index.ts';
import { literal } from '../duckdb.ts';
import type { Manifest } from '../manifest.ts';
import { NEVER } from '../resource-rows.ts';
import type { ImportTable } from '../rows.ts';
import type { Staging } from '../staging.ts';

/**
 * Gives the rows their persons, and makes each linked row a version of its own resource. The rows of a table stand in the
 * scratch table `row_TABLE`.
 */
export function stageLinks(
  staging: Staging,
  tables: readonly ImportTable[],
  source: string,
  workspace: Workspace,
  parent: Manifest | undefined,
): void {
  for (const table of tables) {
    staging.define(
      table,
      `SELECT own.* REPLACE (link.person_id AS person_id), line.src_file, line.src_line, line.src_id, NULL::VARCHAR AS src_updated
       FROM row_${table} own JOIN table_row line USING (version) JOIN link USING (version) WHERE link.person_id IS NOT NULL`,
    );
  }
  // Another person is another version, even where the row says the same.
  const linked = `
    SELECT version, resource_id, ${literal(source)} AS resource_type, (${NEVER})::BIGINT AS updated_ms,
           content || '-' || person_id AS content, src_file, src_line, src_id, NULL::VARCHAR AS src_updated
    FROM table_row JOIN link USING (version) WHERE person_id IS NOT NULL`;
  const before = parent?.tables.resource?.file;
  staging.define(
    'resource',
    before === undefined ? linked : `${linked} UNION ALL ${withdrawn(join(workspace.paths.records, before))}`,
  );
}

/**
 * A row that was linked by an earlier import and is not any more must not stay with its person: a version without rows
 * takes its place.
 */
function withdrawn(resources: string): string {
  return `
    SELECT version, resource_id, 'not linked' AS resource_type, (${NEVER})::BIGINT AS updated_ms, '' AS content,
           src_file, src_line, src_id, NULL::VARCHAR AS src_updated
    FROM table_row
    SEMI JOIN (SELECT max(version) AS version FROM table_row JOIN link USING (version)
               GROUP BY resource_id HAVING count(person_id) = 0) lost USING (version)
    SEMI JOIN read_parquet(${literal(resources)}) before USING (resource_id)`;
}
