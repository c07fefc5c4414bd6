export * from './figure-data.ts';
export * from './figure-inputs.ts';
export { forestCounts } from './forest-rows.ts';
