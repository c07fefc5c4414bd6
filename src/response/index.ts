export * from './assessment.ts';
export * from './classify.ts';
export type { Judged, LeftOut } from './judged.ts';
export * from './lesion.ts';
