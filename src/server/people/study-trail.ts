import { existsSync } from 'node:fs';
import { ChartproofError } from '../../base/index.ts';
import { openStudyDatabase, type StudyDatabase, studyPaths, type Workspace } from '../../workspace/index.ts';

/** Works on the audit trail of a study, without its records. Error: `protocol.no-study`. */
export function withStudyTrail<Result>(
  workspace: Workspace,
  study: string,
  work: (database: StudyDatabase) => Result,
): Result {
  if (!existsSync(studyPaths(workspace, study).database)) {
    throw new ChartproofError('protocol.no-study', 'There is no such study.', {
      tip: 'Load the list of studies again.',
    });
  }
  const database = openStudyDatabase(workspace, study);
  try {
    return work(database);
  } finally {
    database.close();
  }
}
