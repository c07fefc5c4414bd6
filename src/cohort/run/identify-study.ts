import type { Progress, SnapshotId } from '../../base/index.ts';
import type { StudyProtocol } from '../../protocol/index.ts';
import { currentSnapshot } from '../../records/index.ts';
import type { StudyDatabase, Workspace } from '../../workspace/index.ts';
import type { Gate } from '../gate/gate.ts';
import { laterRefusals } from '../gate/later-refusals.ts';
import { candidates } from './candidates.ts';
import type { Actor, CohortRun } from './cohort-run.ts';
import { identify } from './identify.ts';

/** A run, and what whoever asked for it should know. */
export interface Identified {
  readonly run: CohortRun;
  /** The current snapshot, where the study stands on another. */
  readonly newerSnapshot: SnapshotId | null;
  /** Candidates who refused after the day `authorization.asOf`, and whom the protocol still lets in. */
  readonly laterRefusals: number;
  readonly asOf: string;
}

/** Finds the candidates of a study in the records that it is opened on. Errors: those of {@link identify}. */
export async function identifyStudy(
  workspace: Workspace,
  open: { readonly database: StudyDatabase; readonly study: StudyProtocol; readonly gate: Gate },
  by: Actor & { readonly progress: Progress },
): Promise<Identified> {
  const run = await identify(open.database, open.study, open.gate, by);
  const current = currentSnapshot(workspace);
  const inRun = new Set(run.candidates.map(({ subject }) => subject));
  const persons = candidates(open.database).filter(({ subject }) => inRun.has(subject));
  return {
    run,
    newerSnapshot: current === undefined || current === run.snapshot ? null : current,
    laterRefusals: await laterRefusals(
      open.gate,
      persons.map(({ personId }) => personId),
    ),
    asOf: open.study.protocol.authorization.asOf,
  };
}
