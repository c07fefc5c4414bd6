import { existsSync, readdirSync } from 'node:fs';
import type { SnapshotId } from '../../base/index.ts';
import { openStudyDatabase, studyPaths, type Workspace } from '../../workspace/index.ts';
import { storedSnapshot } from './cohort-run.ts';

/** A study and the snapshot that it stands on. */
export interface StudyStanding {
  readonly study: string;
  readonly snapshot: SnapshotId;
}

/** Every study whose candidates are identified, by its id. */
export function studySnapshots(workspace: Workspace): StudyStanding[] {
  const studies = readdirSync(workspace.paths.studies).filter((id) => existsSync(studyPaths(workspace, id).database));
  return studies.sort().flatMap((study) => {
    const database = openStudyDatabase(workspace, study);
    try {
      const snapshot = storedSnapshot(database);
      return snapshot === undefined ? [] : [{ study, snapshot }];
    } finally {
      database.close();
    }
  });
}
