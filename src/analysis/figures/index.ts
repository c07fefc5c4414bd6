export * from './figure-data.ts';
export * from './figure-inputs.ts';
export * from './figure-subjects.ts';
export { forestCounts } from './forest-rows.ts';
