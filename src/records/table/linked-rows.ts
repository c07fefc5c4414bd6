/** Rows of tables that the current records have with a person, and whether a person is there. */
import { join } from 'node:path';
import type { Workspace } from '../../workspace/index.ts';
import { literal } from '../duckdb.ts';
import { importReports } from '../import-report.ts';
import { readManifest } from '../manifest.ts';
import { openRecords, type Parameters } from '../open-records.ts';

/** Of the rows, by name, those that are linked. */
export async function linkedRows(workspace: Workspace, rows: readonly string[]): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set();
  return new Set(await linkedWhere(workspace, 'src_id IN (SELECT unnest($rows::VARCHAR[]))', { rows }));
}

/** The name of the linked row of this name or at this place (`fills.csv:12`), where there is one and no more. */
export async function linkedRow(workspace: Workspace, named: string): Promise<string | undefined> {
  const linking = importReports(workspace).filter(({ linkage }) => linkage !== undefined);
  const sources = [...new Set(linking.flatMap(({ byType }) => Object.keys(byType)))];
  const found = await linkedWhere(
    workspace,
    `list_contains($sources, resource_type) AND (src_id = $named OR src_file || ':' || src_line = $named)`,
    { sources, named },
  );
  return found.find((row) => row === named) ?? (found.length === 1 ? found[0] : undefined);
}

async function linkedWhere(workspace: Workspace, where: string, parameters: Parameters): Promise<readonly string[]> {
  const file = readManifest(workspace)?.tables.resource?.file;
  if (file === undefined) return [];
  const resources = literal(join(workspace.paths.records, file));
  const found = await asked<{ src_id: string }>(
    workspace,
    `SELECT src_id FROM read_parquet(${resources}) WHERE resource_type <> 'not linked' AND (${where})`,
    parameters,
  );
  return found.map(({ src_id }) => src_id);
}

/** Of the persons, by source id, those that are there. */
export async function personsThere(workspace: Workspace, persons: readonly string[]): Promise<ReadonlySet<string>> {
  if (persons.length === 0) return new Set();
  const found = await asked<{ person: string }>(
    workspace,
    'SELECT person_source_value AS person FROM person WHERE person_source_value IN (SELECT unnest($persons::VARCHAR[]))',
    { persons },
  );
  return new Set(found.map(({ person }) => person));
}

async function asked<Row>(workspace: Workspace, sql: string, parameters: Parameters): Promise<Row[]> {
  const records = await openRecords(workspace);
  try {
    return await records.all<Row>(sql, parameters);
  } finally {
    records.close();
  }
}
