/** What a study comes to as its review stands: the account, the data set, the tables. */
import { buildDataSet, buildTables, type DataSet, type Results } from '../analysis/index.ts';
import { ChartproofError } from '../base/index.ts';
import {
  type AttritionStep,
  attritionSteps,
  type CohortRun,
  currentRun,
  ledgerExclusions,
  type Outcome,
  outcomes,
  screenedOf,
} from '../cohort/index.ts';
import { type OpenStudy, type Review, type ReviewState, reviewState, standingState } from '../review/index.ts';

/** What a study comes to at the moment, before anything is written. */
export interface StudyResults {
  readonly run: CohortRun;
  readonly state: ReviewState;
  readonly outcomes: readonly Outcome[];
  readonly attrition: readonly AttritionStep[];
  /** How many a person looked at. */
  readonly screened: number;
  readonly data: DataSet;
  readonly results: Results;
}

/** Works out the account and the tables, subjects of whom nothing changed from the data set `before`. Error: `publish.stale-cohort`. */
export function studyResults({ study, database, review }: OpenStudy, before?: DataSet): StudyResults {
  const run = currentRun(database, review.gate);
  if (run.protocol !== study.sha256) {
    throw new ChartproofError(
      'publish.stale-cohort',
      'The candidates were identified by another version of the protocol.',
      {
        tip: `Identify them again: chartproof cohort run ${study.study}`,
      },
    );
  }
  return { run, ...studyAccount(review, run, standingState(review), before) };
}

/** The account and the tables of any run of a study, as the review stands. */
export function studyAccount(
  review: Review,
  run: CohortRun,
  state = reviewState(review, run),
  before?: DataSet,
): Omit<StudyResults, 'run'> {
  const { protocol } = review;
  const data = buildDataSet(protocol, state.included, review.exposures, before);
  const exclusions = ledgerExclusions(protocol);
  const found = outcomes(
    exclusions.map(({ id }) => id),
    state.judged,
    new Set(data.subjects.map(({ subject }) => subject)),
  );
  return {
    state,
    outcomes: found,
    attrition: attritionSteps(run, { exclusions, analysed: protocol.analysed }, found),
    screened: screenedOf(exclusions, state.judged),
    data,
    results: buildTables(data),
  };
}
