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
 * Opens a study. `records` says which snapshot it sees: the one that the study stands on (the current one while its
 * candidates are not identified), or another one. `only` opens it for one person alone: a subject (`S001`) or a source id
 * (`Patient/1`). Close it. Errors: those of the protocol, the records and the notes that are not there.
 */
export async function openStudy(
  workspace: Workspace,
  id: string,
  records: 'of-cohort' | SnapshotId,
  only?: string,
): Promise<OpenStudy & { close(): void }> {
  const study = loadStudyProtocol(workspace, id);
  const database = openStudyDatabase(workspace, id);
  let gate: Gate | undefined;
  const close = (): void => {
    gate?.close();
    database.close();
  };
  try {
    const snapshot = records === 'of-cohort' ? storedSnapshot(database) : records;
    gate = await openGate(workspace, study.protocol, snapshot, only && sourceOf(database, only));
    return { study, database, gate, review: await openReview(database, gate), close };
  } catch (error) {
    close();
    throw error;
  }
}

/** Opens a study as {@link openStudy}, does the work and closes it again. */
export async function withStudy<Result>(
  workspace: Workspace,
  id: string,
  records: 'of-cohort' | SnapshotId,
  work: (open: OpenStudy) => Promise<Result> | Result,
  only?: string,
): Promise<Result> {
  const open = await openStudy(workspace, id, records, only);
  try {
    return await work(open);
  } finally {
    open.close();
  }
}

function sourceOf(database: StudyDatabase, person: string): string {
  return candidates(database).find(({ subject }) => subject === person)?.person ?? person;
}
