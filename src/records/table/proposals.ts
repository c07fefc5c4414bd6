/**
 * The rows of an import that no rule linked, and who may be whose: `records/linkage/ID.ndjson` of the workspace. Its
 * first line says where the tables were, so that a steward can be shown a row; each line after it is an
 * {@link UnlinkedRow}. No names stand in it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChartproofError } from '../../base/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { importReports } from '../import-report.ts';
import { decisionsByRow, readDecisions } from './decisions.ts';
import type { UnlinkedRow } from './link-rows.ts';
import { linkedRows, personsThere } from './linked-rows.ts';

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
 * rejected for a row is no candidate of it any more. One whose confirmed person is gone is open again. `source` leaves out those of other sources.
 */
export async function openRows(workspace: Workspace, source?: string): Promise<readonly OpenRow[]> {
  const rows = unlinkedEver(workspace).filter(({ from }) => source === undefined || from.source === source);
  const decided = decisionsByRow(readDecisions(workspace));
  const names = rows.map(({ row }) => row);
  const linked = await linkedRows(workspace, names);
  const there = await personsThere(
    workspace,
    names.flatMap((row) => decided.get(row)?.confirmed ?? []),
  );
  return rows.flatMap((row) => {
    const { confirmed, rejected = [] } = decided.get(row.row) ?? {};
    if (linked.has(row.row) || (confirmed !== undefined && there.has(confirmed))) return [];
    return { ...row, candidates: row.candidates.filter(({ person }) => !rejected.includes(person)) };
  });
}

/** The row of this name, or at this place (`fills.csv:12`), that an import has left without a person; settled or not. */
export function unlinkedRow(workspace: Workspace, named: string): OpenRow | undefined {
  const rows = unlinkedEver(workspace);
  return rows.find(({ row }) => row === named) ?? rows.findLast(({ file, line }) => `${file}:${line}` === named);
}

export function unknownRow(): ChartproofError {
  return new ChartproofError('linkage.unknown-row', 'No import of a table has read a row of this name.', {
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
