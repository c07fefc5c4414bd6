import type { Progress } from '../base/index.ts';
import { type Actor, indexSnapshot, moveStudy, planMove, type StudyChange } from '../cohort/index.ts';
import { currentSnapshot, findSnapshot } from '../records/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { type LostCitations, lostCitations } from './lost-citations.ts';
import { withStudy } from './open-study.ts';

/** What a move came to, or would come to. */
export interface StudyMove {
  readonly moved: boolean;
  readonly change: StudyChange;
  readonly citations: LostCitations;
}

/** Who moves a study, and where. */
export interface MoveOptions extends Actor {
  /** A snapshot, or the beginning of its id. Defaults to the current one. */
  readonly to?: string | undefined;
  readonly dryRun: boolean;
}

/**
 * Moves a study, or with `dryRun` works out what a move would change. The notes of the snapshot are indexed first, also
 * then. Errors: those of `planMove`, `moveStudy` and `findSnapshot`.
 */
export function moveWithCitations(
  workspace: Workspace,
  study: string,
  { actor, at, to, dryRun }: MoveOptions,
  progress: Progress,
): Promise<StudyMove> {
  return withStudy(workspace, study, 'of-cohort', async (before) => {
    const target = to === undefined ? currentSnapshot(workspace) : findSnapshot(workspace, to).snapshot;
    await indexSnapshot(workspace, progress, target);
    return withStudy(workspace, study, target ?? 'of-cohort', async (after) => {
      const planned = await planMove(workspace, after, progress);
      const citations = await lostCitations(before.review, after.review, planned.stays);
      const { change } = planned;
      const moved = !dryRun && change.from !== change.to;
      if (moved) {
        const lost = { notes: citations.notes, records: citations.records };
        moveStudy(after.database, planned, { actor, at }, { lostCitations: lost });
      }
      return { moved, change, citations };
    });
  });
}
