/**
 * Two ways of asking a study (versions of its protocol, snapshots of its records) side by side: who moves, and what each comes
 * to with the review as it stands. Nothing of the study is changed.
 */
import type { Progress, SnapshotId } from '../../base/index.ts';
import { type ComparedRun, compareRuns, openGate, type RunDiff, runAs, searchOnce } from '../../cohort/index.ts';
import type { StudyProtocol } from '../../protocol/index.ts';
import { openReview, type Review, type ReviewPerson } from '../../review/index.ts';
import type { StudyDatabase, Workspace } from '../../workspace/index.ts';
import { type StudyResults, standingOfRun, withTables } from '../study-results.ts';

/** One of the two that are compared. */
export interface Side {
  readonly study: StudyProtocol;
  readonly snapshot: SnapshotId;
}

/** What a side comes to, while it is open. */
export interface OpenSide extends Side {
  readonly review: Review;
  readonly results: StudyResults;
  readonly compared: ComparedRun;
}

/** Who moves from one side to the other. Errors: those of the records, notes and searches. */
export function compareSides(
  workspace: Workspace,
  database: StudyDatabase,
  [before, after]: readonly [Side, Side],
  progress: Progress,
): Promise<RunDiff> {
  return withSides(workspace, database, [before, after], progress, (one, other) =>
    compareRuns(one.compared, other.compared),
  );
}

/** Opens both sides, each behind its own gate, does the work and closes them. */
export function withSides<Result>(
  workspace: Workspace,
  database: StudyDatabase,
  [before, after]: readonly [Side, Side],
  progress: Progress,
  work: (before: OpenSide, after: OpenSide) => Promise<Result> | Result,
): Promise<Result> {
  return withSide(workspace, database, before, progress, (one) =>
    withSide(workspace, database, after, progress, async (other) => work(one, other)),
  );
}

async function withSide<Result>(
  workspace: Workspace,
  database: StudyDatabase,
  { study, snapshot }: Side,
  progress: Progress,
  work: (side: OpenSide) => Promise<Result>,
): Promise<Result> {
  const gate = await openGate(workspace, study.protocol, snapshot);
  try {
    const { run, unnumbered } = runAs(database, await searchOnce(database, study, gate, progress));
    const known = await openReview(database, gate);
    const newcomers = unnumbered.map(({ personId, person }): [string, ReviewPerson] => [
      person,
      { subject: person, personId, person, sex: null, birthDate: null },
    ]);
    const persons = new Map([...known.persons, ...newcomers]);
    const review = { ...known, persons };
    const results = withTables(standingOfRun(review, run));
    const arms = new Map(run.candidates.map((one) => [one.subject, one.arms]));
    const compared = {
      protocol: study.protocol,
      run,
      isAuthorized: gate.isAuthorized,
      persons: results.outcomes.map((outcome) => ({
        personId: persons.get(outcome.subject)?.personId ?? '',
        name: outcome.subject,
        arms: arms.get(outcome.subject) ?? [],
        outcome,
      })),
    };
    return await work({ study, snapshot, review, results, compared });
  } finally {
    gate.close();
  }
}
