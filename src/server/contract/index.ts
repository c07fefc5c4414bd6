export * from './adjudication.ts';
export * from './agreement.ts';
export * from './answers.ts';
export * from './contract.ts';
export * from './review.ts';
export * from './route.ts';
export * from './session.ts';
export * from './studies.ts';
