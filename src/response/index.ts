export * from './adverse-event.ts';
export * from './classify.ts';
export type { Dose, DoseChange } from './dose-changes.ts';
export type { Exposure, Use } from './exposure.ts';
export * from './lesion.ts';
export type { TreatmentEpisode } from './shown-episodes.ts';
export * from './treatment.ts';
export * from './treatment-focus.ts';
export * from './treatment-text.ts';
