/** From the settled review to the release folder: the lock, the tables, R's numbers, the files. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildDataSet,
  buildTables,
  computeStatistics,
  csvText,
  type DataSet,
  dataFile,
  type ProportionResult,
  type Results,
  RSession,
  type StatisticResults,
  sensitivity,
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
  keptSearches,
  ledgerExclusions,
  type Outcome,
  outcomes,
  screenedOf,
} from '../cohort/index.ts';
import { importReports } from '../records/index.ts';
import {
  agreement,
  agreementPairs,
  lockHash,
  type OpenStudy,
  type Review,
  type ReviewState,
  reviewAccount,
  reviewState,
} from '../review/index.ts';
import { appendAudit, auditHead, type StudyDatabase, studyPaths, type Workspace } from '../workspace/index.ts';
import { armFiles } from './arm-files.ts';
import { codeLists } from './bundle/code-lists.ts';
import { methodsText } from './bundle/methods.ts';
import { reproduce } from './bundle/reproduction.ts';
import { searchFiles } from './bundle/search-files.ts';
import { softwareName } from './bundle/software.ts';
import type { StudyAccount } from './bundle/study-account.ts';
import { checklistFiles } from './checklists/checklist-files.ts';
import { dateRule } from './deidentify/date-rule.ts';
import { deidentify, type ReleasedTable } from './deidentify/deidentify.ts';
import { refuseDates } from './deidentify/refuse-dates.ts';
import { type AcceptedWarning, acceptWarnings, type Sorted, sortWarnings } from './disclosure/accepted.ts';
import { checkDisclosure } from './disclosure/check-disclosure.ts';
import { refuseOpenWarnings } from './disclosure/refuse-open.ts';
import { accountCaptions, figureShares, studyFigures } from './figures/index.ts';
import { isApproved, keepApproval } from './manuscript/approval.ts';
import type { LiveSource } from './manuscript/live-source.ts';
import {
  manuscriptFiles,
  manuscriptPaths,
  recordsAt,
  refuseStale,
  studyManuscript,
} from './manuscript/study-manuscript.ts';
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
  const data = buildDataSet(protocol, state.included, review.exposures);
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
 * How a release is asked for. `accepting` is the reason for which every open warning of the disclosure check is accepted,
 * `acceptChanges` why numbers of the text may be others than those last approved.
 */
export interface PublishOptions extends Actor {
  readonly progress: Progress;
  readonly accepting?: string | undefined;
  readonly acceptChanges?: string | undefined;
}

/** The warnings of the disclosure check, sorted by what was accepted. */
export function disclosureOf({ database }: OpenStudy, { data, results, attrition, run }: StudyResults): Sorted {
  const { over89 } = deidentify(data, 'year');
  const searches = keptSearches(database);
  const overlaps = armOverlaps(run.candidates);
  return sortWarnings(database, checkDisclosure({ data, results, attrition, overlaps, searches, over89 }));
}

/**
 * Locks the review and writes the release. The same protocol, records and review come to lie in the same folder with the
 * same content. Errors: `review.open`, `publish.stale-cohort`, `publish.disclosure`, `publish.stale-text`, `publish.date-left`, those of
 * `computeStatistics` and `dataTables`.
 */
export async function publishStudy(
  workspace: Workspace,
  open: OpenStudy,
  { actor, at, progress, accepting, acceptChanges }: PublishOptions,
): Promise<Published> {
  progress.step('Counting');
  const found = studyResults(open);
  const { study, database } = open;
  const lock = lockHash(found.state);
  progress.step('Checking disclosure');
  if (accepting !== undefined) acceptWarnings(database, disclosureOf(open, found).open, accepting, { actor, at });
  const { accepted, open: unaccepted } = disclosureOf(open, found);
  refuseOpenWarnings(study.study, unaccepted);
  const { termSets } = found.run;
  progress.step('Computing statistics in R');
  await using session = new RSession();
  const [computed, search, ofFigures] = await Promise.all([
    computeStatistics(found.data, agreementPairs(open.review), session),
    searchReport(open, found),
    figureShares(found.data, session),
  ]);
  const { sample } = search.report;
  const log = keptSearches(database);
  const madeFrom: ReleaseFacts = {
    study: study.study,
    title: study.protocol.title,
    protocolVersion: study.protocol.version,
    protocol: study.sha256,
    snapshot: found.run.snapshot,
    lock,
    ...(termSets ? { termSets: sha256(canonicalJson(termSets)) } : {}),
    ...(sample ? { sample: sha256(canonicalJson(sample)) } : {}),
    ...(log.length > 0 ? { searches: sha256(canonicalJson(log)) } : {}),
    ...(accepted.length > 0 ? { disclosure: sha256(canonicalJson(accepted)) } : {}),
  };
  const { files: statisticFiles, ...statistics } = computed;
  const { proportions } = statistics;
  const text = studyManuscript(workspace, open.database, liveSourceOf(workspace, found, madeFrom, proportions));
  if (text) refuseStale(text, acceptChanges !== undefined);
  const facts = text ? { ...madeFrom, manuscript: text.sha256 } : madeFrom;
  progress.step('Writing files');
  const account: StudyAccount = {
    protocol: study.protocol,
    facts,
    results: found.results,
    attrition: found.attrition,
    screened: found.screened,
    arms: found.run.arms,
    agreement: agreement(open.review),
    review: reviewAccount(open.review, found.state),
    proportions,
    searches: log.length,
    isSampled: sample !== undefined,
    software: softwareName(),
  };
  const released = deidentify(found.data, dateRule(database, study.protocol)).tables;
  const dataSet = released.map(dataFile);
  const files = [
    { name: 'protocol.yaml', text: study.yaml },
    ...(termSets ? [{ name: 'termsets.json', text: `${JSON.stringify(termSets, null, 2)}\n` }] : []),
    ...dataSet,
    codebookFile(released),
    ...reproduce(found.data, found.results, dataSet).files,
    ledgerFile(found.run, found.outcomes),
    ...armFiles(found.run, search.report),
    ...sensitivityFiles(found.data),
    ...statisticFiles,
    ...search.files,
    ...ofFigures.files,
    ...codeLists(study.protocol),
    ...searchFiles(log, { protocol: study.protocol, importedOn: importDays(workspace) }),
    disclosureFile(accepted),
    { name: 'methods.md', text: methodsText(account) },
    ...(await checklistFiles(account)),
  ];
  if (study.protocol.release.dates === 'year') refuseDates(files);
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
    captions: accountCaptions(study.protocol),
    figures: studyFigures(found.data, { ...statistics, shares: ofFigures.shares }),
    protocol: study.protocol,
    software: account.software,
    statistics,
    files,
    ...(text ? { manuscript: await manuscriptFiles(text, facts) } : {}),
  });
  keepLock(open.database, facts, folder, { actor, at });
  if (text && !isApproved(text.read.bound, text.approval)) {
    const { approved } = manuscriptPaths(workspace, study.study);
    keepApproval(
      open.database,
      approved,
      { bound: text.read.bound, facts, why: acceptChanges ?? 'released' },
      { actor, at },
    );
  }
  return { ...found, folder, facts, search: search.report, proportions, statistics };
}

/** What the text of a study can take numbers from. */
export function liveSourceOf(
  workspace: Workspace,
  { results, data, attrition, screened, outcomes: judged, state, run }: StudyResults,
  facts: ReleaseFacts,
  proportions: readonly ProportionResult[],
): LiveSource {
  return {
    facts,
    recordsAt: recordsAt(workspace, facts.snapshot),
    results,
    data,
    attrition,
    screened,
    outcomes: judged,
    reviewed: state.reviewed,
    arms: run.arms,
    proportions,
  };
}

function importDays(workspace: Workspace): ReadonlyMap<string, string> {
  const made = importReports(workspace).filter(({ changed }) => changed);
  return new Map(made.map(({ snapshot, at }) => [snapshot as string, at]));
}

function codebookFile(tables: readonly ReleasedTable[]): TextFile {
  const rows = tables.flatMap(({ name, columns }) =>
    columns.map((one) => [name, one.name, one.label, one.type, one.unit, one.choices, one.released]),
  );
  const header = ['file', 'column', 'label', 'type', 'unit', 'choices', 'released'];
  return { name: 'data/codebook.csv', text: csvText(header, rows) };
}

function disclosureFile(accepted: readonly AcceptedWarning[]): TextFile {
  const rows = accepted.map(({ code, place, text, reason, actor }) => [code, place, text, reason, actor]);
  return { name: 'disclosure.csv', text: csvText(['code', 'place', 'text', 'reason', 'accepted_by'], rows) };
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

/** The study under each definition of response, and who moved; where there is a response. The verdicts stay: they have dates. */
function sensitivityFiles(data: DataSet): TextFile[] {
  if (!data.protocol.response) return [];
  const definitions = sensitivity(data).definitions.map(({ moved, ...one }) => ({
    ...one,
    moved: moved.map(({ subject, from, to }) => ({ subject, from, to })),
  }));
  return [{ name: 'sensitivity.json', text: `${JSON.stringify({ definitions }, null, 2)}\n` }];
}

/** Keeps what was released, once, with the head of the audit trail in the row of the trail that says so. */
function keepLock(database: StudyDatabase, facts: ReleaseFacts, folder: string, { actor, at }: Actor): void {
  const id = releaseId(facts);
  const manifest = sha256(readFileSync(join(folder, 'release.json')));
  database.transaction(() => {
    const before = database.all(database.db.selectFrom('release_lock').select('id').where('id', '=', id));
    if (before.length > 0) return;
    const { protocol, snapshot, lock } = facts;
    database.run(database.db.insertInto('release_lock').values({ id, at, by: actor, protocol, snapshot, hash: lock }));
    appendAudit(database, {
      at,
      actor,
      action: 'release.publish',
      detail: { release: id, lock, manifest, after: auditHead(database) },
    });
  });
}
