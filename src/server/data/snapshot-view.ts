import type { z } from 'zod';
import { silent } from '../../base/index.ts';
import { studySnapshots } from '../../cohort/index.ts';
import {
  currentSnapshot,
  listSnapshots,
  type QualityReport,
  type RowChanges,
  type SnapshotDiff,
  type SnapshotFacts,
  shareText,
  thresholdText,
} from '../../records/index.ts';
import type { StudyMove } from '../../review/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import type { MoveView, QualityView, SnapshotComparison, snapshotView } from '../contract/index.ts';

/** What was counted of a workspace, while it stands on the same snapshot: a snapshot never changes. */
const counted = new WeakMap<
  Workspace,
  { readonly current: string | undefined; readonly facts: Promise<SnapshotFacts[]> }
>();

/** Every snapshot, the current one first, with the studies that stand on it. */
export async function snapshotViews(workspace: Workspace): Promise<z.infer<typeof snapshotView>[]> {
  const standing = studySnapshots(workspace);
  return (await factsOf(workspace)).map(({ snapshot, isCurrent, at, kind, files, tables, bytes, ownBytes }) => ({
    snapshot,
    isCurrent,
    at,
    kind,
    bytes,
    ownBytes,
    files: [...files],
    tables: Object.entries(tables).map(([table, one]) => ({ table, ...one })),
    studies: standing.filter((one) => one.snapshot === snapshot).map(({ study }) => study),
  }));
}

function factsOf(workspace: Workspace): Promise<SnapshotFacts[]> {
  const current = currentSnapshot(workspace);
  const known = counted.get(workspace);
  if (known && known.current === current) return known.facts;
  const facts = listSnapshots(workspace, silent);
  counted.set(workspace, { current, facts });
  facts.catch(() => counted.delete(workspace)); // told to whoever asked; the next call counts anew
  return facts;
}

/** What differs between two snapshots, by table. */
export function comparisonOf({ from, to, persons, tables }: SnapshotDiff): SnapshotComparison {
  return { from, to, persons: { ...persons }, tables: differing(tables) };
}

/** A report of quality, with shares and thresholds in words. */
export function qualityViewOf({ snapshot, asOf, checks }: QualityReport): QualityView {
  return {
    snapshot,
    asOf,
    checks: checks.map(({ id, group, label, table, rows, atFault, share, threshold, outcome, reason, examples }) => ({
      id,
      group,
      label,
      table,
      rows,
      atFault,
      outcome,
      reason: reason ?? null,
      share: shareText(share),
      allowed: thresholdText(threshold),
      examples: examples.map(({ src_file, src_line }) => ({ file: src_file, line: src_line })),
    })),
  };
}

/** What a move comes to; without subjects for who has no part in the study. */
export function moveViewOf({ moved, change, citations }: StudyMove, hasSubjects: boolean): MoveView {
  const { from, to, before, after, out, changed, rows } = change;
  return {
    moved,
    from,
    to,
    before,
    after,
    in: change.in,
    notFound: out.notFound,
    notAuthorized: out.notAuthorized,
    changed: {
      subjects: changed.length,
      arms: changed.filter(({ arms }) => arms).length,
      rules: changed.filter(({ rules }) => rules).length,
      records: changed.filter((one) => Object.keys(one.rows).length > 0).length,
    },
    rows: differing(rows),
    citations: { stood: citations.stood, lost: citations.notes + citations.records },
    changedSubjects: hasSubjects ? changed.map(({ subject }) => subject) : null,
    citingSubjects: hasSubjects ? [...citations.subjects] : null,
  };
}

function differing(tables: Readonly<Partial<Record<string, RowChanges>>>) {
  return Object.entries(tables).flatMap(([table, one]) =>
    one && one.added + one.removed + one.changed > 0 ? [{ table, ...one }] : [],
  );
}
