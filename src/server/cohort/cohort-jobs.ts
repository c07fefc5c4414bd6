/** The long work of a cohort. Each opens the study for itself, so that calls go on meanwhile. */
import type { Progress } from '../../base/index.ts';
import { differenceText, explainAll, identifyStudy, type Moved } from '../../cohort/index.ts';
import { compareStudy, type SearchReport, searchReport, studyResults, type WantedSide } from '../../publish/index.ts';
import { withStudy } from '../../review/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import type { ArmYields, CohortComparison, CohortRunResult, ExplainedCriteria } from '../contract/index.ts';
import { explainedView } from './criteria-view.ts';

/** What long work is done on. */
export interface CohortWork {
  readonly workspace: Workspace;
  readonly study: string;
  readonly progress: Progress;
}

export function runCohort(
  { workspace, study, progress }: CohortWork,
  by: { readonly actor: string; readonly at: string },
): Promise<CohortRunResult> {
  return withStudy(workspace, study, 'of-cohort', async (open) => {
    const { run, newerSnapshot, laterRefusals, asOf } = await identifyStudy(workspace, open, { ...by, progress });
    const { snapshot, identified, candidates } = run;
    return { snapshot, identified, candidates: candidates.length, newerSnapshot, laterRefusals, asOf };
  });
}

export function explainCohort({ workspace, study, progress }: CohortWork): Promise<ExplainedCriteria> {
  return withStudy(workspace, study, 'of-cohort', async ({ gate }) =>
    explainedView(await explainAll(gate, undefined, progress)),
  );
}

export function cohortYield({ workspace, study, progress }: CohortWork): Promise<ArmYields> {
  return withStudy(workspace, study, 'of-cohort', async (open) => {
    const { report } = await searchReport(open, studyResults(open), progress);
    return yieldsOf(report);
  });
}

function yieldsOf({ any, arms, sample }: SearchReport): ArmYields {
  return {
    any: countsOf({ ...any, label: 'Any arm' }),
    arms: arms.map((arm) => ({
      ...countsOf(arm),
      arm: arm.arm,
      only: arm.only,
      leaves: arm.leaves.map((leaf) => ({ ...countsOf(leaf), kind: leaf.kind, only: leaf.only })),
    })),
    sample: sample ? sampleOf(sample) : null,
  };
}

function countsOf(counts: ArmYields['any']): ArmYields['any'] {
  const { label, found, eligible, notEligible, byRule, open, included, ppv } = counts;
  return { label, found, eligible, notEligible, byRule, open, included, ppv };
}

function sampleOf(sample: NonNullable<SearchReport['sample']>): NonNullable<ArmYields['sample']> {
  const { drawn, read, cases, population, share, missed, sensitivity } = sample;
  return { drawn, read, cases, population, share, missed, sensitivity };
}

/** Who is blinded is not told which arms found somebody. */
export async function compareCohort(
  { workspace, study, progress }: CohortWork,
  sides: { readonly from?: WantedSide | undefined; readonly to?: WantedSide | undefined },
  isBlinded: boolean,
): Promise<CohortComparison> {
  const { from, to, moved, stayed, notAuthorized } = await compareStudy(workspace, study, sides, progress);
  return {
    from: { version: from.version, snapshot: from.snapshot },
    to: { version: to.version, snapshot: to.snapshot },
    moved: moved
      .filter((one) => !isBlinded || one.from !== one.to)
      .map((one) => ({ name: one.name, from: one.from, to: one.to, because: becauseOf(one, isBlinded) })),
    stayed,
    notAuthorized,
  };
}

/** What differs, in words; of arms nothing to whoever is blinded. */
export function becauseOf({ differences, byOrder }: Moved, isBlinded: boolean): string[] {
  if (byOrder) return ['the order of the exclusions (protocol)'];
  return differences.filter(({ kind }) => !isBlinded || kind !== 'arm').map(differenceText);
}
