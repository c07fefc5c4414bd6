/**
 * The database of one study: `studies/ID/study.sqlite`. All that people decided is in it; how it keeps that is in
 * `database.ts`.
 */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ChartproofError } from '../base/index.ts';
import { type OpenDatabase, openDatabaseAt } from './database.ts';
import type { Migration } from './migration.ts';
import { studyMigrations } from './study-migrations.ts';
import type { StudyTables } from './study-tables.ts';

/** An open study database. */
export type StudyDatabase = OpenDatabase<StudyTables>;

/** What of a workspace is needed to find a study. */
export interface StudyHome {
  readonly paths: { readonly studies: string };
}

/**
 * Opens `studies/ID/study.sqlite`, makes it where it is missing and brings it up to this version.
 * Errors: `workspace.study-id` (not a study id), `workspace.study-newer` (written by a newer version),
 * `workspace.study-unreadable` (not a database).
 */
export function openStudyDatabase(workspace: StudyHome, studyId: string): StudyDatabase {
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(studyId)) {
    throw new ChartproofError('workspace.study-id', 'This is not the id of a study.', {
      tip: 'A study id has small letters, digits and single hyphens, such as gout-2024.',
    });
  }
  const path = join(workspace.paths.studies, studyId, 'study.sqlite');
  mkdirSync(dirname(path), { recursive: true });
  return openStudyDatabaseAt(path);
}

/** {@link openStudyDatabase} for a file, or `:memory:` for a test. */
export function openStudyDatabaseAt(path: string, migrations: readonly Migration[] = studyMigrations): StudyDatabase {
  return openDatabaseAt<StudyTables>(path, {
    migrations,
    newer: () =>
      new ChartproofError('workspace.study-newer', 'This study was written by a newer version of the program.', {
        tip: 'Open it with that version or a later one.',
      }),
    unreadable: (cause) =>
      new ChartproofError('workspace.study-unreadable', 'The database of this study cannot be read.', {
        tip: 'Restore study.sqlite from a backup.',
        cause,
      }),
  });
}
