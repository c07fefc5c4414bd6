export * from './draw-figure.ts';
export * from './figure-files.ts';
export * from './figures-html.ts';
export type { Palette } from './palette.ts';
export * from './study-figures.ts';
