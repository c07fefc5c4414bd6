/**
 * What every import does, whatever it reads: it takes the lock, clears what a dead import left, stages what is read,
 * settles which versions stand, writes the tables, and last of all replaces the manifest. Killed at any moment, the
 * last manifest is whole, and the same import done again gives the same snapshot.
 */
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { canonicalJson, type Progress, type SnapshotId, sha256, writeFileAtomic } from '../base/index.ts';
import { type Workspace, withLock } from '../workspace/index.ts';
import { MAPPING_VERSION } from './decode-piece.ts';
import type { ImportReport, LinkageReport } from './import-report.ts';
import { DRY_STAGING, removeLeftovers, STAGING } from './leftovers.ts';
import { type Manifest, publishManifest, readManifest } from './manifest.ts';
import { settleVersions, writeTables } from './merge.ts';
import { Quarantine } from './quarantine.ts';
import { openStaging, type Staging } from './staging.ts';
import { tables } from './tables.ts';
import { Tally, totalOf } from './tally.ts';

/**
 * What an import is given. `now` is written into the report; it is part of no id. With `dryRun` all is read, linked and
 * settled, and nothing is kept: no snapshot, no report, no list of what is in quarantine.
 */
export interface ImportOptions {
  readonly progress: Progress;
  readonly now: string;
  /** Defaults to `false`. */
  readonly dryRun?: boolean;
}

/** One import. */
export interface ImportPlan {
  readonly kind: ImportReport['kind'];
  readonly ignored: readonly string[];
  /** Stages what is to be imported. */
  read(into: ImportSink): Promise<ImportedInputs>;
}

/** What was read. Files besides (a mapping) are named in `also`: all are hashed into the id of the snapshot, in any order. */
export interface ImportedInputs {
  readonly files: ImportReport['files'];
  readonly also?: readonly { readonly name: string; readonly sha256: string }[];
  readonly linkage?: LinkageReport;
  /** Rows to look at, of a dry run. */
  readonly preview?: ImportReport['preview'];
}

/** Where an import puts what it reads. */
export interface ImportSink {
  readonly staging: Staging;
  readonly tally: Tally;
  readonly quarantine: Quarantine;
  /** The snapshot that the import adds to. */
  readonly parent: Manifest | undefined;
}

/** Does an import, alone in the workspace. Error: `workspace.locked`. */
export function runImport(workspace: Workspace, plan: ImportPlan, options: ImportOptions): Promise<ImportReport> {
  return withLock(workspace, 'records', async () => {
    // A dry run changes nothing, also of what a dead import left: it has a folder of its own.
    const folder = join(workspace.paths.records, options.dryRun ? DRY_STAGING : STAGING);
    const clear = (): void => rmSync(folder, { recursive: true, force: true });
    if (options.dryRun) clear();
    else removeLeftovers(workspace);
    process.once('exit', clear); // also where Ctrl-C ends it
    const staging = await openStaging(folder);
    try {
      return await imported(workspace, plan, options, staging, folder);
    } finally {
      staging.close();
      clear();
      process.off('exit', clear);
    }
  });
}

async function imported(
  workspace: Workspace,
  plan: ImportPlan,
  { progress, now, dryRun = false }: ImportOptions,
  staging: Staging,
  folder: string,
): Promise<ImportReport> {
  const parent = readManifest(workspace);
  const tally = new Tally();
  const quarantine = new Quarantine(join(folder, 'quarantine.ndjson'));
  const { files, also = [], linkage, preview } = await plan.read({ staging, tally, quarantine, parent });
  const inputs = [
    ...files.map(({ name, sha256, hasDocuments }) => ({ name, sha256, ...(hasDocuments ? { hasDocuments } : {}) })),
    ...also,
  ];
  const id = importId(parent, inputs);

  progress.step('Settling versions');
  const { staged, stored } = await settleVersions(staging, workspace, parent);
  const changed = stored.size > 0 || parent === undefined;
  const snapshot = changed ? id : parent.snapshot;
  const written =
    changed && !dryRun
      ? await writeTables({ connection: staging.connection, staged, workspace, parent, snapshot, progress })
      : (parent?.tables ?? {});

  const byType = tally.byType(stored);
  const kept = (path: string | undefined, name: string) => (dryRun ? undefined : keptAs(path, workspace, name));
  const quarantineFile = kept(quarantine.close(), `quarantine/${id}.ndjson`);
  const lists = {
    file: kept(linkage?.file, `quarantine/${id}.linkage.csv`),
    proposals: kept(linkage?.proposals, `linkage/${id}.ndjson`),
  };
  const report: ImportReport = {
    id,
    kind: plan.kind,
    at: now,
    snapshot,
    changed,
    ...(dryRun ? { dryRun } : {}),
    ...totalOf(Object.values(byType)),
    tables: Object.fromEntries(Object.keys(tables).map((table) => [table, written[table]?.rows ?? 0])),
    byType,
    reasons: tally.reasons(),
    ...(quarantineFile === undefined ? {} : { quarantineFile }),
    files,
    ignored: plan.ignored,
    ...(linkage ? { linkage: { ...linkage, ...lists } } : {}),
    ...(preview ? { preview } : {}),
  };
  if (dryRun) return report;
  writeFileAtomic(join(workspace.paths.records, 'imports', `${id}.json`), `${JSON.stringify(report, null, 2)}\n`);
  if (changed) {
    publishManifest(workspace, {
      snapshot,
      parent: parent?.snapshot ?? null,
      mapping: MAPPING_VERSION,
      tables: written,
      inputs: [...(parent?.inputs ?? []), ...inputs.map((input) => ({ ...input, mapping: MAPPING_VERSION }))],
    });
  }
  return report;
}

/** Puts a file of the staging where it is kept; its name there. */
function keptAs(path: string | undefined, workspace: Workspace, name: string): string | undefined {
  if (path === undefined) return undefined;
  const kept = join(workspace.paths.records, name);
  mkdirSync(dirname(kept), { recursive: true });
  renameSync(path, kept);
  return name;
}

/** The id of an import, and of the snapshot that it makes: of what was there, and what comes. */
function importId(parent: Manifest | undefined, inputs: readonly { readonly sha256: string }[]): SnapshotId {
  const content = {
    parent: parent?.snapshot ?? null,
    inputs: inputs.map((input) => input.sha256).sort(),
    mapping: MAPPING_VERSION,
  };
  return sha256(canonicalJson(content)).slice(0, 16) as SnapshotId;
}
