export * from './arm-yield.ts';
export * from './arms.ts';
export * from './ask-notes.ts';
export * from './attrition.ts';
export { type Candidate, candidates, subjectOf } from './candidates.ts';
export * from './circe/index.ts';
export { keepCodedRows } from './coded-rows.ts';
export {
  type Actor,
  type CohortRun,
  currentRun,
  type RunCandidate,
  standingRun,
  storedSnapshot,
} from './cohort-run.ts';
export * from './compare-runs.ts';
export * from './drug-exposures.ts';
export * from './event-rows.ts';
export * from './explain-criterion.ts';
export { type ExplainedIndex, explainIndex } from './explain-index.ts';
export type { FoundLeaf } from './find-leaves.ts';
export * from './follow-up.ts';
export * from './follow-up-summary.ts';
export { type Gate, openGate } from './gate.ts';
export { type GateCounts, gateKinds, gateLabels } from './gate-counts.ts';
export { heldIndexStep } from './held-index.ts';
export * from './held-parts.ts';
export { identify, searchOnce } from './identify.ts';
export { type CaseEvent, indexTable } from './index-events.ts';
export * from './later-refusals.ts';
export * from './ledger-exclusions.ts';
export * from './move-study.ts';
export * from './outcomes.ts';
export * from './rerun-search.ts';
export * from './run-as.ts';
export { type LeavesIn, withLeaves } from './run-leaves.ts';
export * from './sample.ts';
export { explainSearch, type KeptSearch, keptSearch, keptSearches } from './search-log.ts';
export * from './sensitivity.ts';
export * from './step-subjects.ts';
export * from './study-snapshots.ts';
export { termSetsOf } from './term-sets.ts';
