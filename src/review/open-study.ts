import type { SnapshotId } from '../base/index.ts';
import { candidates, type Gate, openGate, storedSnapshot } from '../cohort/index.ts';
import { loadStudyProtocol, type StudyProtocol } from '../protocol/index.ts';
import { openStudyDatabase, type StudyDatabase, type Workspace } from '../workspace/index.ts';
import { openReview, type Review } from './open-review.ts';

/** A study with its protocol in force, its database and what it may see of the records. */
export interface OpenStudy {
  readonly study: StudyProtocol;
  readonly database: StudyDatabase;
  readonly gate: Gate;
  readonly review: Review;
}

/**
 * Opens a study, does the work and closes it again. `records` says which snapshot it sees: the one that the study stands
 * on (the current one while its candidates are not identified), or another one. `only` opens it for one person alone: a
 * subject (`S001`) or a source id (`Patient/1`). Errors: those of the protocol, the records and the notes that are not there.
 */
export async function withStudy<Result>(
  workspace: Workspace,
  id: string,
  records: 'of-cohort' | SnapshotId,
  work: (open: OpenStudy) => Promise<Result> | Result,
  only?: string,
): Promise<Result> {
  const study = loadStudyProtocol(workspace, id);
  const database = openStudyDatabase(workspace, id);
  try {
    const snapshot = records === 'of-cohort' ? storedSnapshot(database) : records;
    const gate = await openGate(workspace, study.protocol, snapshot, only && sourceOf(database, only));
    try {
      return await work({ study, database, gate, review: await openReview(database, gate) });
    } finally {
      gate.close();
    }
  } finally {
    database.close();
  }
}

function sourceOf(database: StudyDatabase, person: string): string {
  return candidates(database).find(({ subject }) => subject === person)?.person ?? person;
}
