/**
 * Studies that stay open between calls. To open one costs a DuckDB and the notes; a call should not. An open study is given
 * to whoever asks while it is what the workspace holds: with another protocol, another run or other records it is opened
 * anew, so that a refusal that was imported counts from the next call on. The old one is closed when its last call is done.
 */
import type { StudyId } from '../base/index.ts';
import { standingRunId } from '../cohort/index.ts';
import { currentSnapshot } from '../records/index.ts';
import { type OpenStudy, openStudy } from '../review/index.ts';
import type { Workspace } from '../workspace/index.ts';

/** The studies of a workspace, opened when they are first asked for. */
export interface OpenStudies {
  /** Does the work on a study, which stays open at least as long. Errors: those of `openStudy`. */
  with<Result>(study: string, work: (open: OpenStudy) => Promise<Result> | Result): Promise<Result>;
  close(): void;
}
