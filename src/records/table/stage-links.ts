/** What linkage has decided, as the merge reads it. */
import { join } from 'node:path';
import type { Workspace } from '../../workspace/index.ts';
import { literal } from '../duckdb.ts';
import { NEVER } from '../import-run.ts';
import type { Manifest } from '../manifest.ts';
import type { Staging } from '../staging.ts';

/** Gives the staged drug rows their persons, and makes each linked row a version of its own resource. */
export async function stageLinks(
  { connection }: Staging,
  source: string,
  workspace: Workspace,
  parent: Manifest | undefined,
): Promise<void> {
  await connection.run(`
    UPDATE staged_drug_exposure SET person_id = link.person_id
    FROM link WHERE link.version = staged_drug_exposure.version AND link.person_id IS NOT NULL`);
  await connection.run(`
    DELETE FROM staged_drug_exposure WHERE version IN (SELECT version FROM link WHERE person_id IS NULL)`);
  // Another person is another version, even where the row says the same.
  await connection.run(`
    INSERT INTO staged_resource BY NAME
    SELECT version, resource_id, ${literal(source)} AS resource_type, ${NEVER} AS updated_ms,
           xor(content, person_id) AS content, src_file, src_line, src_id
    FROM table_row JOIN link USING (version) WHERE person_id IS NOT NULL`);
  const before = parent?.tables.resource?.file;
  if (before !== undefined) await connection.run(withdraw(join(workspace.paths.records, before)));
}

/**
 * A row that was linked by an earlier import and is not any more must not stay with its person: a version without rows
 * takes its place.
 */
function withdraw(resources: string): string {
  return `
    INSERT INTO staged_resource BY NAME
    SELECT version, resource_id, 'not linked' AS resource_type, ${NEVER} AS updated_ms, 0 AS content,
           src_file, src_line, src_id
    FROM table_row
    SEMI JOIN (SELECT max(version) AS version FROM table_row JOIN link USING (version)
               GROUP BY resource_id HAVING count(person_id) = 0) lost USING (version)
    SEMI JOIN read_parquet(${literal(resources)}) before USING (resource_id)`;
}
