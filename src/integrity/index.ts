export * from './check-printed.ts';
export * from './printed.ts';
