/**
 * What every import does, whatever it reads: it takes the lock, clears what a dead import left, stages what is read,
 * settles which versions stand, writes the tables, and last of all replaces the manifest. Killed at any moment, the
 * last manifest is whole, and the same import done again gives the same snapshot.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, type Progress, type SnapshotId, sha256, writeFileAtomic } from '../base/index.ts';
import { type Workspace, withLock } from '../workspace/index.ts';
import type { ImportReport, LinkageReport } from './import-report.ts';
import { removeLeftovers } from './leftovers.ts';
import { type Manifest, publishManifest, readManifest } from './manifest.ts';
import { settleVersions, writeTables } from './merge.ts';
import { Quarantine } from './quarantine.ts';
import { openStaging, type Staging } from './staging.ts';
import { tables } from './tables.ts';
import { Tally, totalOf } from './tally.ts';

/** Changed whenever the same line would become other rows: then what was imported before can be imported again. */
export const MAPPING_VERSION = 2;

/** Stands for no time of a version (no `meta.lastUpdated`): before every time. */
export const NEVER = -(2n ** 62n);

/** What an import is given. `now` is written into the report; it is part of no id. */
export interface ImportOptions {
  readonly progress: Progress;
  readonly now: string;
}

/** One import. `inputs` are hashed into the id of the snapshot, in any order. */
export interface ImportPlan {
  readonly kind: ImportReport['kind'];
  readonly inputs: readonly { readonly name: string; readonly sha256: string }[];
  readonly ignored: readonly string[];
  /** Stages what is to be imported. */
  read(into: ImportSink): Promise<{ readonly files: ImportReport['files']; readonly linkage?: LinkageReport }>;
}

/** Where an import puts what it reads. */
export interface ImportSink {
  readonly id: string;
  readonly staging: Staging;
  readonly tally: Tally;
  readonly quarantine: Quarantine;
  /** The snapshot that the import adds to. */
  readonly parent: Manifest | undefined;
}

/** Does an import, alone in the workspace. Error: `workspace.locked`. */
export function runImport(workspace: Workspace, plan: ImportPlan, options: ImportOptions): Promise<ImportReport> {
  return withLock(workspace, 'records', async () => {
    removeLeftovers(workspace);
    const folder = join(workspace.paths.records, 'staging');
    const staging = await openStaging(folder);
    try {
      return await imported(workspace, plan, options, staging, folder);
    } finally {
      staging.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

async function imported(
  workspace: Workspace,
  plan: ImportPlan,
  { progress, now }: ImportOptions,
  staging: Staging,
  folder: string,
): Promise<ImportReport> {
  const parent = readManifest(workspace);
  const id = importId(parent, plan);
  const tally = new Tally();
  const quarantine = new Quarantine(join(folder, 'quarantine.ndjson'));
  const { files, linkage } = await plan.read({ id, staging, tally, quarantine, parent });
  staging.flush();

  const stored = await settleVersions(staging.connection, workspace, parent);
  const changed = stored.size > 0 || parent === undefined;
  const snapshot = changed ? id : parent.snapshot;
  const written = changed ? await writeTables(staging.connection, workspace, parent, id, progress) : parent.tables;

  const byType = tally.byType(stored);
  const quarantineFile = `quarantine/${id}.ndjson`;
  const kept = quarantine.keepAs(join(workspace.paths.records, quarantineFile));
  const report: ImportReport = {
    id,
    kind: plan.kind,
    at: now,
    snapshot,
    changed,
    ...totalOf(Object.values(byType)),
    tables: Object.fromEntries(Object.keys(tables).map((table) => [table, written[table]?.rows ?? 0])),
    byType,
    reasons: tally.reasons(),
    ...(kept ? { quarantineFile } : {}),
    files,
    ignored: plan.ignored,
    ...(linkage ? { linkage } : {}),
  };
  writeFileAtomic(join(workspace.paths.records, 'imports', `${id}.json`), `${JSON.stringify(report, null, 2)}\n`);
  if (changed) {
    const inputs = plan.inputs.map((input) => ({ ...input, mapping: MAPPING_VERSION }));
    publishManifest(workspace, {
      snapshot,
      parent: parent?.snapshot ?? null,
      mapping: MAPPING_VERSION,
      tables: written,
      inputs: [...(parent?.inputs ?? []), ...inputs],
    });
  }
  return report;
}

/** The id of an import, and of the snapshot that it makes: of what was there, and what comes. */
function importId(parent: Manifest | undefined, plan: ImportPlan): SnapshotId {
  const content = {
    parent: parent?.snapshot ?? null,
    inputs: plan.inputs.map((input) => input.sha256).sort(),
    mapping: MAPPING_VERSION,
  };
  return sha256(canonicalJson(content)).slice(0, 16) as SnapshotId;
}
