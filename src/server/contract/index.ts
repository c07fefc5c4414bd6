export * from './cohort.ts';
export * from './contract.ts';
export * from './jobs.ts';
export * from './route.ts';
export * from './search.ts';
export * from './session.ts';
export * from './studies.ts';
