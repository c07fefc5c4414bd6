/** Who moves between two ways of asking a study: versions of its protocol, snapshots of the records. */
import { ChartproofError, type Progress, type SnapshotId, type StudyId } from '../../base/index.ts';
import { type CohortRun, type RunDiff, runBefore, standingRun } from '../../cohort/index.ts';
import { type StudyProtocol, studyProtocolVersion } from '../../protocol/index.ts';
import { findSnapshot } from '../../records/index.ts';
import { openStudyDatabase, type StudyDatabase, type Workspace } from '../../workspace/index.ts';
import { compareSides, type Side } from './compare-sides.ts';

/** What to compare. What is left out is that of the run that stands. */
export interface WantedSide {
  /** A version of the protocol that was ever in force, or a draft. */
  readonly version?: string | StudyProtocol | undefined;
  /** A snapshot, or the beginning of its id. */
  readonly snapshot?: string | undefined;
}

/** What a side was asked with. */
interface Named {
  readonly version: string;
  readonly protocol: string;
  readonly snapshot: SnapshotId;
}

/** What moved, and between what. */
export interface CohortDiff extends RunDiff {
  readonly from: Named;
  readonly to: Named;
}

/**
 * Compares two sides; without any, the run before with the one that stands. Nothing of the study is changed.
 * Errors: `cohort.none`, `cohort.no-run-before`, `protocol.no-version`, those of the records, notes and searches.
 */
export async function compareStudy(
  workspace: Workspace,
  id: string,
  { from, to }: { readonly from?: WantedSide | undefined; readonly to?: WantedSide | undefined },
  progress: Progress,
): Promise<CohortDiff> {
  const database = openStudyDatabase(workspace, id);
  try {
    const study = id as StudyId;
    const standing = standingRun(database);
    const side = (of: Standing, wanted: WantedSide = {}): Side => sideOf(workspace, study, of, wanted);
    const after = side(standing, to);
    const before = from || to ? side(standing, from) : side(earlierRun(database));
    const diff = await compareSides(workspace, database, [before, after], progress);
    return { from: nameOf(before), to: nameOf(after), ...diff };
  } finally {
    database.close();
  }
}

/** What a run was found with. */
type Standing = Pick<CohortRun, 'protocol' | 'snapshot'>;

function earlierRun(database: StudyDatabase): Standing {
  const run = runBefore(database);
  if (run) return run;
  throw new ChartproofError('cohort.no-run-before', 'The candidates were identified only once.', {
    tip: 'Say what to compare with: chartproof cohort diff STUDY --to protocol.yaml',
  });
}

function sideOf(
  workspace: Workspace,
  study: StudyId,
  { protocol, snapshot }: Standing,
  { version = protocol, snapshot: wanted }: WantedSide,
): Side {
  return {
    study: typeof version === 'string' ? studyProtocolVersion(workspace, study, version) : version,
    snapshot: wanted === undefined ? snapshot : findSnapshot(workspace, wanted).snapshot,
  };
}

function nameOf({ study, snapshot }: Side): Named {
  return { version: study.protocol.version, protocol: study.sha256, snapshot };
}
