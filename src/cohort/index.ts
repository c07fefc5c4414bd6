export * from './account/attrition.ts';
export * from './account/compare-runs.ts';
export * from './account/ledger-exclusions.ts';
export * from './account/outcomes.ts';
export * from './account/step-subjects.ts';
export * from './arms/arm-yield.ts';
export * from './arms/arms.ts';
export * from './arms/sample.ts';
export { type SampledStudy, type SampleFrame, sampleFrame } from './arms/sample-frame.ts';
export * from './arms/sensitivity.ts';
export * from './circe/index.ts';
export { keepCodedRows } from './criteria/coded-rows.ts';
export { criterionOutline } from './criteria/criterion-outline.ts';
export { criterionText } from './criteria/criterion-text.ts';
export * from './explain/event-rows.ts';
export * from './explain/explain-all.ts';
export * from './explain/explain-criterion.ts';
export { type ExplainedIndex, explainIndex, indexTexts } from './explain/explain-index.ts';
export { heldIndexStep } from './explain/held-index.ts';
export * from './explain/held-parts.ts';
export * from './follow-up/drug-exposures.ts';
export * from './follow-up/follow-up.ts';
export * from './follow-up/follow-up-summary.ts';
export type { Gate } from './gate/gate.ts';
export { type GateCounts, gateKinds, gateLabels } from './gate/gate-counts.ts';
export * from './gate/later-refusals.ts';
export { openGate } from './gate/open-gate.ts';
export { termSetsOf } from './gate/term-sets.ts';
export { type Candidate, candidates, subjectOf } from './run/candidates.ts';
export {
  type Actor,
  type CohortRun,
  currentRun,
  isIdentified,
  type RunCandidate,
  standingId,
  standingRun,
  storedProtocol,
  storedSnapshot,
} from './run/cohort-run.ts';
export type { FoundLeaf } from './run/find-leaves.ts';
export { identify, searchOnce } from './run/identify.ts';
export * from './run/identify-study.ts';
export { type CaseEvent, indexTable } from './run/index-events.ts';
export * from './run/index-standing.ts';
export * from './run/move-study.ts';
export * from './run/run-as.ts';
export { type LeavesIn, withLeaves } from './run/run-leaves.ts';
export * from './run/study-snapshots.ts';
export * from './searches/ask-notes.ts';
export * from './searches/rerun-search.ts';
export * from './searches/search-lists.ts';
export { explainSearch, type KeptSearch, keptSearch, keptSearches } from './searches/search-log.ts';
export * from './searches/search-names.ts';
export * from './searches/search-purpose.ts';
