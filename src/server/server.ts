import type { Logger } from 'pino';
import type { RSession } from '../analysis/index.ts';
import type { Workspace } from '../workspace/index.ts';
import type { Accounts } from './accounts/accounts.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { OpenStudies } from './open-studies.ts';

/** What every handler works on. */
export interface Server {
  readonly workspace: Workspace;
  readonly accounts: Accounts;
  readonly studies: OpenStudies;
  readonly jobs: Jobs;
  /** One R for everything that is computed. It starts when first asked; close it with the rest. */
  readonly r: RSession;
  /** Told of codes, routes and times; never of what stands in a chart or who is in a study. */
  readonly log: Logger;
}
