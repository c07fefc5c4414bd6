/**
 * The rows of an import that no rule linked, and who may be whose: `records/linkage/ID.ndjson` of the workspace. Its
 * first line says where the tables were, so that a steward can be shown a row; each line after it is an
 * {@link UnlinkedRow}. No names stand in it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChartproofError } from '../../base/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { literal } from '../duckdb.ts';
import { importReports } from '../import-report.ts';
import { readManifest } from '../manifest.ts';
import { openRecords } from '../open-records.ts';
import { decisionsByRow, readDecisions } from './decisions.ts';
import type { UnlinkedRow } from './link-rows.ts';

/** Where the tables of an import stood. */
export interface ProposalsHead {
  readonly source: string;
  readonly mapping: string;
  readonly files: readonly { readonly name: string; readonly path: string; readonly sha256: string }[];
}

/** A row that waits for a steward, with the import that read it. */
export type OpenRow = UnlinkedRow & { readonly from: ProposalsHead };

/**
 * The rows that no import has linked since and no steward has settled, in the order of the imports; a person who was
 * rejected for a row is no candidate of it any more. `source` leaves out those of other sources.
 */
export async function openRows(workspace: Workspace, source?: string): Promise<readonly OpenRow[]> {
  const rows = unlinkedEver(workspace).filter(({ from }) => source === undefined || from.source === source);
  const linked = await linkedSince(
    workspace,
    rows.map(({ row }) => row),
  );
  const decided = decisionsByRow(readDecisions(workspace));
  return rows.flatMap((row) => {
    const { confirmed, rejected = [] } = decided.get(row.row) ?? {};
    if (confirmed !== undefined || linked.has(row.row)) return [];
    return { ...row, candidates: row.candidates.filter(({ person }) => !rejected.includes(person)) };
  });
}

/** The row of this name, or at this place (`fills.csv:12`), settled or not. Error: `linkage.unknown-row`. */
export function unlinkedRow(workspace: Workspace, named: string): OpenRow {
  const rows = unlinkedEver(workspace);
  const found = rows.find(({ row }) => row === named) ?? rows.findLast(({ file, line }) => `${file}:${line}` === named);
  if (found) return found;
  throw new ChartproofError('linkage.unknown-row', 'No import has left a row of this name without a person.', {
    tip: 'chartproof linkage list shows the rows, by name and by file and line.',
  });
}

/** What each row was when it was last without a person. */
function unlinkedEver(workspace: Workspace): readonly OpenRow[] {
  const rows = new Map<string, OpenRow>();
  for (const { linkage } of importReports(workspace)) {
    for (const row of linkage?.proposals === undefined ? [] : readProposals(workspace, linkage.proposals)) {
      rows.delete(row.row);
      rows.set(row.row, row);
    }
  }
  return [...rows.values()];
}

function readProposals(workspace: Workspace, name: string): readonly OpenRow[] {
  const path = join(workspace.paths.records, name);
  if (!existsSync(path)) return [];
  const [head = '', ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const from = JSON.parse(head) as ProposalsHead;
  return lines.map((line) => ({ ...(JSON.parse(line) as UnlinkedRow), from }));
}

/** Of the rows, those that the current records have. */
async function linkedSince(workspace: Workspace, rows: readonly string[]): Promise<ReadonlySet<string>> {
  const file = readManifest(workspace)?.tables.resource?.file;
  if (file === undefined || rows.length === 0) return new Set();
  const records = await openRecords(workspace);
  try {
    const stored = await records.all<{ src_id: string }>(
      `SELECT src_id FROM read_parquet(${literal(join(workspace.paths.records, file))})
       SEMI JOIN (SELECT unnest($rows::VARCHAR[]) AS src_id) asked USING (src_id)
       WHERE resource_type <> 'not linked'`,
      { rows },
    );
    return new Set(stored.map(({ src_id }) => src_id));
  } finally {
    records.close();
  }
}
