import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Progress, SnapshotId } from '../base/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { type ImportReport, importReports } from './import-report.ts';
import { type Manifest, snapshotHistory } from './manifest.ts';
import { rowsAddedAndRemoved } from './snapshot-diff.ts';
import { type TableName, tables } from './tables.ts';

/** The rows of a table in a snapshot, and how many came and went since the one before. */
export interface TableFacts {
  readonly rows: number;
  readonly added: number;
  readonly removed: number;
}

/** A snapshot, the import that made it, and what it holds. What its import did not leave is `null`. */
export interface SnapshotFacts {
  readonly snapshot: SnapshotId;
  readonly isCurrent: boolean;
  readonly parent: SnapshotId | null;
  readonly at: string | null;
  readonly kind: ImportReport['kind'] | null;
  readonly files: readonly string[];
  /** The tables that have rows, or had some in the snapshot before. */
  readonly tables: Readonly<Partial<Record<TableName, TableFacts>>>;
  /** What its files take on the disk, and those of them that no snapshot before it has. */
  readonly bytes: number;
  readonly ownBytes: number;
}

/** Every snapshot, the current one first. Rule R92 of SPEC.md. Error: `records.file-unreadable`. */
export async function listSnapshots(workspace: Workspace, progress: Progress): Promise<SnapshotFacts[]> {
  const history = snapshotHistory(workspace);
  const made = new Map(importReports(workspace).flatMap((one) => (one.changed ? [[one.snapshot, one] as const] : [])));
  const facts: SnapshotFacts[] = [];
  for (const [at, manifest] of history.entries()) {
    const report = made.get(manifest.snapshot);
    facts.push({
      snapshot: manifest.snapshot,
      isCurrent: at === 0,
      parent: manifest.parent,
      at: report?.at ?? null,
      kind: report?.kind ?? null,
      files: report?.files.map(({ name }) => name) ?? [],
      tables: await tablesOf(workspace, manifest, history[at + 1], progress),
      ...sizes(workspace, manifest, history.slice(at + 1)),
    });
  }
  return facts;
}

async function tablesOf(
  workspace: Workspace,
  manifest: Manifest,
  before: Manifest | undefined,
  progress: Progress,
): Promise<SnapshotFacts['tables']> {
  const names = Object.keys(tables) as TableName[];
  const rowsIn = (one: Manifest | undefined, table: TableName): number => one?.tables[table]?.rows ?? 0;
  const changes = before && (await rowsAddedAndRemoved(workspace, { from: before, to: manifest }, progress));
  return Object.fromEntries(
    names
      .filter((table) => rowsIn(manifest, table) > 0 || rowsIn(before, table) > 0)
      .map((table) => {
        const rows = rowsIn(manifest, table);
        const { added, removed } = changes?.[table] ?? { added: rows, removed: 0 };
        return [table, { rows, added, removed }];
      }),
  );
}

function sizes(
  workspace: Workspace,
  manifest: Manifest,
  before: readonly Manifest[],
): Pick<SnapshotFacts, 'bytes' | 'ownBytes'> {
  const known = new Set(before.flatMap(filesOf));
  let [bytes, ownBytes] = [0, 0];
  for (const file of filesOf(manifest)) {
    const size = statSync(join(workspace.paths.records, file), { throwIfNoEntry: false })?.size ?? 0;
    bytes += size;
    if (!known.has(file)) ownBytes += size;
  }
  return { bytes, ownBytes };
}

function filesOf({ tables: files }: Manifest): string[] {
  return Object.values(files).map(({ file }) => file);
}
