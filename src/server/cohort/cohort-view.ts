/** The state of a cohort: the run that stands, the account, the arms. Rules R87 and R88 of SPEC.md. */
import { ChartproofError } from '../../base/index.ts';
import {
  type AttritionStep,
  armOverlaps,
  type CohortRun,
  currentRun,
  leftAt,
  missedByAll,
  type Outcome,
} from '../../cohort/index.ts';
import { currentSnapshot } from '../../records/index.ts';
import type { OpenStudy } from '../../review/index.ts';
import type { StudyDatabase, Workspace } from '../../workspace/index.ts';
import type { AccountStep, CohortPerson, CohortView } from '../contract/index.ts';
import { keptStanding } from '../results/kept-results.ts';

/** The state of a cohort, without the arms for those to whom the study is blinded. */
export function cohortView(workspace: Workspace, open: OpenStudy, isBlinded: boolean): CohortView {
  const run = runOf(open);
  if (!run) return { run: null, isStale: false, newerSnapshot: null, account: null, arms: null, isBlinded };
  const isStale = run.protocol !== open.study.sha256;
  const newest = currentSnapshot(workspace);
  return {
    run: { ...toldRun(open.database, run), identified: run.identified },
    isStale,
    newerSnapshot: newest === undefined || newest === run.snapshot ? null : newest,
    account: isStale ? null : accountOf(open),
    arms: isBlinded ? null : armsOf(run),
    isBlinded,
  };
}

function runOf({ database, gate }: OpenStudy): CohortRun | undefined {
  try {
    return currentRun(database, gate);
  } catch (error) {
    if (error instanceof ChartproofError && error.code === 'cohort.none') return undefined;
    throw error;
  }
}

function toldRun({ all, db }: StudyDatabase, { id, snapshot, protocol }: CohortRun) {
  const [kept] = all(db.selectFrom('cohort_run').select('at').where('id', '=', id));
  const [version] = all(db.selectFrom('protocol_version').select('version').where('sha256', '=', protocol));
  return { snapshot, version: version?.version ?? null, identifiedAt: kept?.at ?? '' };
}

function accountOf(open: OpenStudy): CohortView['account'] {
  const { attrition, screened, state } = keptStanding(open);
  return { steps: attrition.map(stepView), screened, openItems: state.open.length };
}

/** A step of the account, as the contract has it. */
export function stepView({ id, label, kind, n, removed, allFailing, events }: AttritionStep): AccountStep {
  return { id, label, kind, n, removed, allFailing: allFailing ?? null, events: events ?? null };
}

function armsOf({ arms, candidates }: CohortRun): CohortView['arms'] {
  const ids = arms.map(({ id }) => id);
  return {
    arms: arms.map(({ id, label, found, authorized }) => ({ id, label, found, authorized })),
    overlaps: armOverlaps(candidates).map((one) => ({ arms: [...one.arms], n: one.n })),
    missed: missedByAll(ids, candidates).map(({ arm, others, missed, interval }) => ({
      arm,
      others: [...others],
      missed,
      low: interval?.low ?? null,
      high: interval?.high ?? null,
    })),
  };
}

/** Candidates as the lists of the account name them. */
export function personsOf(open: OpenStudy, outcomes: readonly Outcome[], run: CohortRun, isBlinded: boolean) {
  const arms = new Map(run.candidates.map((one) => [one.subject, one.arms]));
  return outcomes.map(
    (one): CohortPerson => ({
      subject: one.subject,
      person: open.review.persons.get(one.subject)?.person ?? '',
      arms: isBlinded ? null : [...(arms.get(one.subject) ?? [])],
      outcome: one.outcome,
      left: leftAt(one) ?? null,
      all: [...one.all],
    }),
  );
}
