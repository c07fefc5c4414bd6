/** From the settled review to the release folder: the lock, the tables, R's numbers, the files. */
import {
  buildDataSet,
  buildTables,
  computeStatistics,
  csvText,
  type DataSet,
  dataFiles,
  type ProportionResult,
  type Results,
  type StatisticResults,
  type TextFile,
} from '../analysis/index.ts';
import { ChartproofError, canonicalJson, type Progress, sha256 } from '../base/index.ts';
import {
  type Actor,
  type AttritionStep,
  armOverlaps,
  attritionSteps,
  type CohortRun,
  currentRun,
  ledgerExclusions,
  type Outcome,
  outcomes,
  screenedOf,
} from '../cohort/index.ts';
import {
  agreementPairs,
  lockHash,
  type OpenStudy,
  type Review,
  type ReviewState,
  reviewState,
} from '../review/index.ts';
import { appendAudit, auditHead, type StudyDatabase, studyPaths, type Workspace } from '../workspace/index.ts';
import { armFiles } from './arm-files.ts';
import { releaseId, writeRelease } from './release.ts';
import type { ReleaseFacts } from './release-content.ts';
import { type SearchReport, searchReport } from './search-report.ts';

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

/** Works out the account and the tables. Error: `publish.stale-cohort`. */
export function studyResults({ study, database, review }: OpenStudy): StudyResults {
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
  return { run, ...studyAccount(review, run) };
}

/** The account and the tables of any run of a study, as the review stands. */
export function studyAccount(review: Review, run: CohortRun): Omit<StudyResults, 'run'> {
  const { protocol } = review;
  const state = reviewState(review, run);
  const data = buildDataSet(protocol, state.included);
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

/** A release and where it lies. */
export interface Published extends StudyResults {
  readonly folder: string;
  readonly facts: ReleaseFacts;
  readonly search: SearchReport;
  readonly proportions: readonly ProportionResult[];
  readonly statistics: StatisticResults;
}

/**
 * Locks the review and writes the release. The same protocol, records and review come to lie in the same folder with the
 * same content. Errors: `review.open`, `publish.stale-cohort`, those of `computeStatistics` and `dataFiles`.
 */
export async function publishStudy(
  workspace: Workspace,
  open: OpenStudy,
  { actor, at, progress }: Actor & { readonly progress: Progress },
): Promise<Published> {
  progress.step('Counting');
  const found = studyResults(open);
  const { study } = open;
  const { termSets } = found.run;
  progress.step('Computing statistics in R');
  const [computed, search] = await Promise.all([
    computeStatistics(found.data, agreementPairs(open.review)),
    searchReport(open, found),
  ]);
  const { sample } = search.report;
  const facts: ReleaseFacts = {
    study: study.study,
    title: study.protocol.title,
    protocolVersion: study.protocol.version,
    protocol: study.sha256,
    snapshot: found.run.snapshot,
    lock: lockHash(found.state),
    ...(termSets ? { termSets: sha256(canonicalJson(termSets)) } : {}),
    ...(sample ? { sample: sha256(canonicalJson(sample)) } : {}),
  };
  const { files: statisticFiles, ...statistics } = computed;
  const { proportions } = statistics;
  progress.step('Writing files');
  const files = [
    { name: 'protocol.yaml', text: study.yaml },
    ...(termSets ? [{ name: 'termsets.json', text: `${JSON.stringify(termSets, null, 2)}\n` }] : []),
    ...dataFiles(found.data),
    ledgerFile(found.run, found.outcomes),
    ...armFiles(found.run, search.report),
    ...statisticFiles,
    ...search.files,
  ];
  const { results, attrition, screened } = found;
  const folder = await writeRelease(studyPaths(workspace, study.study).releases, {
    facts,
    results,
    attrition,
    screened,
    gate: found.run.gate,
    arms: found.run.arms,
    overlaps: armOverlaps(found.run.candidates),
    search: search.report,
    proportions,
    statistics,
    files,
  });
  keepLock(open.database, facts, { actor, at });
  return { ...found, folder, facts, search: search.report, proportions, statistics };
}

/** Each candidate with the arms that found it, the reason it left at and every exclusion that holds. */
function ledgerFile(run: CohortRun, found: readonly Outcome[]): TextFile {
  const arms = new Map(run.candidates.map((candidate) => [candidate.subject, candidate.arms]));
  const rows = found.map(({ subject, outcome, first, all }) => [
    subject,
    arms.get(subject)?.join('; '),
    first ?? outcome,
    all.join('; '),
  ]);
  return { name: 'data/ledger.csv', text: csvText(['subject', 'arms', 'outcome', 'all_exclusions'], rows) };
}

/** Keeps what was released, once, with the head of the audit trail in the row of the trail that says so. */
function keepLock(database: StudyDatabase, facts: ReleaseFacts, { actor, at }: Actor): void {
  const id = releaseId(facts);
  database.transaction(() => {
    const before = database.all(database.db.selectFrom('release_lock').select('id').where('id', '=', id));
    if (before.length > 0) return;
    const { protocol, snapshot, lock } = facts;
    database.run(database.db.insertInto('release_lock').values({ id, at, by: actor, protocol, snapshot, hash: lock }));
    appendAudit(database, {
      at,
      actor,
      action: 'release.publish',
      detail: { release: id, lock, after: auditHead(database) },
    });
  });
}
