export * from './classify.ts';
export * from './lesion.ts';
