export * from './errors.ts';
export * from './files.ts';
export * from './hash.ts';
export * from './ids.ts';
export * from './nearest.ts';
export * from './partial-date.ts';
export * from './progress.ts';
export * from './yaml.ts';
export type { PlaceOf, YamlPath } from './yaml-place.ts';
