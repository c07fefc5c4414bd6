export * from './build-tables.ts';
export * from './csv-text.ts';
export * from './data-files.ts';
export * from './data-set.ts';
export * from './results.ts';
export { fixed } from './rounding.ts';
export * from './run-r.ts';
export * from './statistics.ts';
export * from './trace.ts';
