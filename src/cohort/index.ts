export * from './arms.ts';
export * from './attrition.ts';
export { type Candidate, candidates, subjectOf } from './candidates.ts';
export { type Gate, openGate } from './gate.ts';
export { type Actor, type CohortRun, currentRun, identify, type RunCandidate, storedSnapshot } from './identify.ts';
export { termSetsOf } from './term-sets.ts';
