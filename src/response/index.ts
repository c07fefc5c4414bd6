export * from './adverse-event.ts';
export * from './classify.ts';
export * from './lesion.ts';
