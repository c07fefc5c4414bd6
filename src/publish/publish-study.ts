/** From the settled review to the release folder: the lock, R's numbers, the files. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  computeStatistics,
  dataFile,
  type ProportionResult,
  RSession,
  type StatisticResults,
} from '../analysis/index.ts';
import { canonicalJson, type Progress, sha256 } from '../base/index.ts';
import { type Actor, armOverlaps, keptSearches } from '../cohort/index.ts';
import { importReports } from '../records/index.ts';
import { agreement, agreementPairs, lockHash, type OpenStudy, reviewAccount } from '../review/index.ts';
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
import { deidentify } from './deidentify/deidentify.ts';
import { refuseDates } from './deidentify/refuse-dates.ts';
import { releasedPairs, releasedStatistics } from './deidentify/released-statistics.ts';
import { acceptWarnings } from './disclosure/accepted.ts';
import { refuseOpenWarnings } from './disclosure/refuse-open.ts';
import { disclosureOf } from './disclosure/study-disclosure.ts';
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
import { codebookFile, disclosureFile, ledgerFile, sensitivityFiles } from './release-texts.ts';
import { type SearchReport, searchReport } from './search-report.ts';
import { type StudyResults, studyResults } from './study-results.ts';

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
  /** The R that computes; absent: one of its own. */
  readonly r?: RSession;
}

/**
 * Locks the review and writes the release. The same protocol, records and review come to lie in the same folder with the
 * same content. Errors: `review.open`, `publish.stale-cohort`, `publish.disclosure`, `publish.stale-text`, `publish.date-left`, those of
 * `computeStatistics` and `dataTables`.
 */
export async function publishStudy(
  workspace: Workspace,
  open: OpenStudy,
  { actor, at, progress, accepting, acceptChanges, r }: PublishOptions,
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
  await using own = new RSession(); // starts at its first script, if ever
  const session = r ?? own;
  const [computed, search, ofFigures] = await Promise.all([
    computeStatistics(found.data, releasedPairs(agreementPairs(open.review)), session),
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
  const text = studyManuscript(workspace, open.database, liveSourceOf(workspace, found, madeFrom, statistics));
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
    statistics,
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
    ...releasedStatistics(study.protocol, statisticFiles),
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
  statistics: StatisticResults,
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
    statistics,
  };
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

function importDays(workspace: Workspace): ReadonlyMap<string, string> {
  const made = importReports(workspace).filter(({ changed }) => changed);
  return new Map(made.map(({ snapshot, at }) => [snapshot as string, at]));
}
