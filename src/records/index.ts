export { addDateFunctions } from './date-sql.ts';
export { importFhir } from './import-fhir.ts';
export { importOmop } from './import-omop.ts';
export * from './import-report.ts';
export type { ImportOptions } from './import-run.ts';
export { importTable } from './import-table.ts';
export { importVocabulary } from './import-vocabulary.ts';
export * from './list-snapshots.ts';
export * from './look-up-code.ts';
export { currentSnapshot, findSnapshot, type Manifest, snapshotHistory } from './manifest.ts';
export { openRecords, type Parameter, type Parameters, type Records } from './open-records.ts';
export * from './quality/index.ts';
export type { Quarantined } from './quarantine.ts';
export { type QuarantineReason, quarantineReasons } from './quarantine-reasons.ts';
export { type Route, type RouteSource, routeOf, routes } from './route.ts';
export {
  diffPersons,
  diffSnapshots,
  type PersonChanges,
  type RowChanges,
  type SnapshotDiff,
} from './snapshot-diff.ts';
export { decideRow } from './table/decide-row.ts';
export type { LinkageDecision } from './table/decisions.ts';
export type { PersonWords } from './table/decode-row.ts';
export type { Candidate, UnlinkedRow } from './table/link-rows.ts';
export { type OpenRow, openRows } from './table/proposals.ts';
export type { Level, ScoreField } from './table/score.ts';
export { type KnownCandidate, type MovedTo, type ShownRow, showRow } from './table/show-row.ts';
export * from './tables.ts';
export type { UsedCodes } from './used-codes.ts';
export { type RecordsCheck, type RecordsFault, verifyRecords } from './verify-records.ts';
