export { assessQuality, type QualityOptions } from './assess-quality.ts';
export { type Category, type Context, categoriesOf, type Group, type Threshold } from './check.ts';
export { qualityPage } from './quality-html.ts';
export * from './quality-report.ts';
export * from './quality-words.ts';
