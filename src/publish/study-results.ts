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

/** Who is in a study at the moment and who is not, and what is known of those who are. */
export interface StandingStudy {
  readonly run: CohortRun;
  readonly state: ReviewState;
  readonly outcomes: readonly Outcome[];
  readonly attrition: readonly AttritionStep[];
  /** How many a person looked at. */
  readonly screened: number;
  readonly data: DataSet;
}

/** What a study comes to at the moment, before anything is written. */
export interface StudyResults extends StandingStudy {
  readonly results: Results;
}

/** Works out the account and the tables. Error: `publish.stale-cohort`. */
export function studyResults(open: OpenStudy): StudyResults {
  return withTables(standingStudy(open));
}

/** A study as it stands, with the tables of its data set. */
export function withTables<Study extends Pick<StandingStudy, 'data'>>(study: Study) {
  return { ...study, results: buildTables(study.data) };
}

/** Works out the account, subjects of whom nothing changed from the data set `before`. Error: `publish.stale-cohort`. */
export function standingStudy({ study, database, review }: OpenStudy, before?: DataSet): StandingStudy {
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
  return standingOfRun(review, run, standingState(review), before);
}

/** The same of any run of a study, as the review stands. */
export function standingOfRun(
  review: Review,
  run: CohortRun,
  state = reviewState(review, run),
  before?: DataSet,
): StandingStudy {
  const { protocol } = review;
  const data = buildDataSet(protocol, state.included, review.exposures, before);
  const exclusions = ledgerExclusions(protocol);
  const found = outcomes(
    exclusions.map(({ id }) => id),
    state.judged,
    new Set(data.subjects.map(({ subject }) => subject)),
  );
  return {
    run,
    state,
    outcomes: found,
    attrition: attritionSteps(run, { exclusions, analysed: protocol.analysed }, found),
    screened: screenedOf(exclusions, state.judged),
    data,
  };
}
