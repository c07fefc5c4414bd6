/** Work on the records that is too heavy for the process that answers calls. What it is given and what it gives is plain data. */
import type { Progress, SnapshotId } from '../../base/index.ts';
import { indexCurrent } from '../../cohort/index.ts';
import type { Indexed } from '../../notes/index.ts';
import {
  assessQuality,
  diffSnapshots,
  type ImportReport,
  importFhir,
  importOmop,
  importTable,
  type QualityReport,
  type SnapshotDiff,
} from '../../records/index.ts';
import { type MoveOptions, moveWithCitations, type StudyMove } from '../../review/index.ts';
import { openWorkspace, type Workspace } from '../../workspace/index.ts';

/** Files to be imported, by absolute path. */
export type ImportOrder = { readonly paths: readonly string[]; readonly now: string; readonly dryRun: boolean } & (
  | { readonly kind: 'fhir' | 'omop' }
  | { readonly kind: 'table'; readonly mapping: string }
);

/** What is to be done. */
export interface RecordWorks {
  readonly import: ImportOrder;
  readonly quality: { readonly asOf: string; readonly snapshot?: string | undefined };
  readonly compare: { readonly from: string; readonly to: string };
  readonly move: MoveOptions & { readonly study: string };
}

/** What comes of it. */
export interface RecordResults {
  readonly import: { readonly report: ImportReport; readonly notes: Indexed | null };
  readonly quality: QualityReport;
  readonly compare: SnapshotDiff;
  readonly move: StudyMove;
}

/** What is to be done, and in which workspace. */
export type RecordOrder = {
  readonly [Kind in keyof RecordWorks]: { readonly kind: Kind; readonly dir: string; readonly work: RecordWorks[Kind] };
}[keyof RecordWorks];

/** Does it. Errors: those of the room that does it. */
export function doRecordWork(order: RecordOrder, progress: Progress): Promise<RecordResults[keyof RecordResults]> {
  const workspace = openWorkspace(order.dir);
  if (order.kind === 'import') return importAndIndex(workspace, order.work, progress);
  if (order.kind === 'quality') {
    const { asOf, snapshot } = order.work;
    const one = snapshot === undefined ? {} : { snapshot: snapshot as SnapshotId };
    return assessQuality(workspace, { asOf, ...one, progress });
  }
  if (order.kind === 'compare') {
    const { from, to } = order.work;
    return diffSnapshots(workspace, from as SnapshotId, to as SnapshotId, progress);
  }
  const { study, ...how } = order.work;
  return moveWithCitations(workspace, study, how, progress);
}

/** Imports, then brings the index of the notes to the new records; a dry run leaves both as they are. */
async function importAndIndex(
  workspace: Workspace,
  order: ImportOrder,
  progress: Progress,
): Promise<RecordResults['import']> {
  const { paths, now, dryRun } = order;
  const how = { progress, now, dryRun };
  const report =
    order.kind === 'table'
      ? await importTable(workspace, order.mapping, paths, how)
      : await (order.kind === 'fhir' ? importFhir : importOmop)(workspace, paths, how);
  return {
    report,
    notes: dryRun || report.stored + report.superseded === 0 ? null : await indexCurrent(workspace, progress),
  };
}
