export * from './chart.ts';
export * from './generate.ts';
export * from './institution.ts';
export * from './random.ts';
