export * from './audit.ts';
export * from './contract.ts';
export * from './people.ts';
export * from './route.ts';
export * from './session.ts';
export * from './studies.ts';
