export * from './chart.ts';
export * from './contract.ts';
export * from './route.ts';
export * from './session.ts';
export * from './studies.ts';
