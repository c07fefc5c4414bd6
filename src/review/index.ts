export * from './agreement.ts';
export * from './entry.ts';
export * from './kappa.ts';
export * from './load-entries.ts';
export { openReview, type Review, type ReviewPerson } from './open-review.ts';
export type { LocatedEntry } from './read-entries.ts';
export * from './review-state.ts';
export type { OpenItem, SettledRecord, SettledSubject, SettledValue } from './settle.ts';
export * from './verify-evidence.ts';
