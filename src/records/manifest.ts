/**
 * Which files make up the records. `manifest.json` is the current snapshot and is replaced atomically;
 * `snapshots/ID.json` keeps each one, with the one before it, so that a study can go on reading the snapshot that it was
 * made from. A Parquet file is written once, named after its snapshot, and never changed.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ChartproofError, type SnapshotId, writeFileAtomic } from '../base/index.ts';
import type { Workspace } from '../workspace/index.ts';

const FORMAT = 1;

const snapshotId = z
  .string()
  .regex(/^[0-9a-f]{16}$/)
  .transform((text) => text as SnapshotId);

const manifestSchema = z.object({
  chartproof: z.literal(FORMAT),
  snapshot: snapshotId,
  parent: snapshotId.nullable(),
  mapping: z.int(),
  tables: z.record(z.string(), z.object({ file: z.string(), rows: z.int() })),
  /** What was read: files of this name and content change nothing when they come again. */
  inputs: z.array(
    z.object({ name: z.string(), sha256: z.string(), mapping: z.int(), hasDocuments: z.boolean().optional() }),
  ),
});

/** A snapshot. `tables[].file` is relative to `records/`; a table without rows has none. */
export type Manifest = z.infer<typeof manifestSchema>;

/** The current snapshot, `undefined` while nothing is imported. Error: `records.manifest-unreadable`. */
export function readManifest(workspace: Workspace): Manifest | undefined {
  return existsSync(workspace.paths.manifest) ? read(workspace.paths.manifest) : undefined;
}

/** Any snapshot of the history. Errors: `records.no-snapshot`, `records.manifest-unreadable`. */
export function readSnapshot(workspace: Workspace, snapshot: SnapshotId): Manifest {
  const path = snapshotPath(workspace, snapshot);
  if (!/^[0-9a-f]{16}$/.test(snapshot) || !existsSync(path)) {
    throw new ChartproofError('records.no-snapshot', 'The records have no such snapshot.', {
      tip: 'Restore records/ from the backup that has it, or import again.',
      place: { file: workspace.paths.records },
    });
  }
  return read(path);
}

/** The last text of each manifest that was asked for its snapshot, and the answer: each call of a server asks. */
const told = new Map<string, { readonly text: string; readonly snapshot: SnapshotId }>();

/** The id of the current snapshot, `undefined` while nothing is imported. Error: `records.manifest-unreadable`. */
export function currentSnapshot({ paths: { manifest: path } }: Workspace): SnapshotId | undefined {
  if (!existsSync(path)) return undefined;
  const text = readFileSync(path, 'utf8');
  const last = told.get(path);
  if (last?.text === text) return last.snapshot;
  const { snapshot } = parsed(text, path);
  told.set(path, { text, snapshot });
  return snapshot;
}

/** The current snapshot and those before it, the latest first. */
export function snapshotHistory(workspace: Workspace): Manifest[] {
  const history: Manifest[] = [];
  let next = readManifest(workspace);
  while (next) {
    history.push(next);
    next = next.parent === null ? undefined : readSnapshot(workspace, next.parent);
  }
  return history;
}

/**
 * The snapshot of the history that a whole id, or the beginning of one, names.
 * Errors: `records.no-snapshot`, `records.ambiguous-snapshot`.
 */
export function findSnapshot(workspace: Workspace, name: string): Manifest {
  const found = snapshotHistory(workspace).filter(({ snapshot }) => name !== '' && snapshot.startsWith(name));
  const [first, second] = found;
  if (first && !second) return first;
  const place = { file: workspace.paths.records };
  if (second) {
    throw new ChartproofError('records.ambiguous-snapshot', 'Several snapshots begin so.', {
      tip: 'Write more of the id.',
      place,
    });
  }
  throw new ChartproofError('records.no-snapshot', 'The records have no such snapshot.', {
    tip: 'List them: chartproof snapshots',
    place,
  });
}

/** Makes a snapshot the current one. Its Parquet files must be on the disk already. */
export function publishManifest(workspace: Workspace, manifest: Omit<Manifest, 'chartproof'>): void {
  const text = `${JSON.stringify({ chartproof: FORMAT, ...manifest }, null, 2)}\n`;
  writeFileAtomic(snapshotPath(workspace, manifest.snapshot), text);
  writeFileAtomic(workspace.paths.manifest, text);
}

function snapshotPath(workspace: Workspace, snapshot: SnapshotId): string {
  return join(workspace.paths.records, 'snapshots', `${snapshot}.json`);
}

function read(path: string): Manifest {
  return parsed(readFileSync(path, 'utf8'), path);
}

function parsed(text: string, path: string): Manifest {
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new ChartproofError('records.manifest-unreadable', 'A manifest of the records cannot be read.', {
      tip: 'It was changed by hand, or written by a newer version. Restore records/ from a backup.',
      place: { file: path },
      cause,
    });
  }
}
