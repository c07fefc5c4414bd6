/**
 * What stewards decided about proposed links: `records/linkage/decisions.ndjson`, one decision a line, only ever added
 * to. The last one about a row and a person holds; a row has at most one confirmed person, the last. A decision enters
 * the records with the next import of the table.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ChartproofError, canonicalJson, rowId, sha256 } from '../../base/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import type { Staging } from '../staging.ts';
import { appendLine } from './append-line.ts';
import { decisionColumns } from './link-sql.ts';

const decisionSchema = z.object({
  /** `SOURCE/ROW ID` */
  row: z.string(),
  /** `Patient/1` */
  person: z.string(),
  verdict: z.enum(['confirmed', 'rejected']),
  by: z.string(),
  at: z.string(),
});

export type LinkageDecision = z.infer<typeof decisionSchema>;

/** What holds of a row. */
export interface RowDecisions {
  readonly confirmed?: string;
  readonly rejected: readonly string[];
}

export function decisionsPath(workspace: Workspace): string {
  return join(workspace.paths.records, 'linkage', 'decisions.ndjson');
}

/**
 * All decisions, in their order. A line that cannot be read is never passed over: it may be the one that keeps a row from
 * the wrong person. Error: `linkage.decisions-unreadable`.
 */
export function readDecisions(workspace: Workspace): readonly LinkageDecision[] {
  const path = decisionsPath(workspace);
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.flatMap((line, at) => {
    if (line.trim() === '') return [];
    try {
      return [decisionSchema.parse(JSON.parse(line))];
    } catch (cause) {
      throw new ChartproofError('linkage.decisions-unreadable', 'A line of the linkage decisions cannot be read.', {
        tip: 'Cut off by a crash, it was never confirmed: delete this line alone, and decide about the row again. Changed by hand: restore the file from a backup.',
        place: { file: path, line: at + 1 },
        cause,
      });
    }
  });
}

/** Adds a decision and brings it to the disk. Call it while holding the lock of the records. */
export function appendDecision(workspace: Workspace, decision: LinkageDecision): void {
  appendLine(decisionsPath(workspace), decision);
}

/** What holds of each row, after all decisions. */
export function decisionsByRow(decisions: readonly LinkageDecision[]): ReadonlyMap<string, RowDecisions> {
  const rows = new Map<string, RowDecisions>();
  for (const { row, person, verdict } of decisions) {
    const { confirmed, rejected } = rows.get(row) ?? { rejected: [] };
    const others = rejected.filter((other) => other !== person);
    if (verdict === 'confirmed') rows.set(row, { confirmed: person, rejected: others });
    else {
      rows.set(row, {
        ...(confirmed === undefined || confirmed === person ? {} : { confirmed }),
        rejected: [...others, person].sort(),
      });
    }
  }
  return rows;
}

/**
 * Makes the table `decision` of what holds of the rows of a source. What is hashed into the import; nothing where nothing
 * was decided. Who decided and when is no part of it: the same links are the same records.
 */
export async function stageDecisions(
  workspace: Workspace,
  source: string,
  staging: Staging,
): Promise<readonly { readonly name: string; readonly sha256: string }[]> {
  const all = [...decisionsByRow(readDecisions(workspace))].filter(([row]) => row.startsWith(`${source}/`));
  const holding = all.sort(([a], [b]) => (a < b ? -1 : 1));
  const file = staging.scratch('decision', decisionColumns);
  for (const [row, { confirmed, rejected }] of holding) {
    if (confirmed !== undefined) file.append(0, { src_id: row, person_id: rowId(confirmed), verdict: 'confirmed' });
    for (const person of rejected) file.append(0, { src_id: row, person_id: rowId(person), verdict: 'rejected' });
  }
  await staging.load('decision', file, decisionColumns);
  if (holding.length === 0) return [];
  return [{ name: 'linkage/decisions.ndjson', sha256: sha256(canonicalJson(holding)) }];
}
