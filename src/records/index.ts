export { importFhir } from './import-fhir.ts';
export * from './import-report.ts';
export type { ImportOptions } from './import-run.ts';
export { currentSnapshot, snapshotHistory } from './manifest.ts';
export * from './open-records.ts';
export type { Quarantined } from './quarantine.ts';
export { type QuarantineReason, quarantineReasons } from './quarantine-reasons.ts';
export { type Route, type RouteSource, routeOf, routes } from './route.ts';
export * from './tables.ts';
