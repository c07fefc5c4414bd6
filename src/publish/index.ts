export * from './attrition-diagram.ts';
export { tableCaption } from './captions.ts';
export * from './publish-study.ts';
export * from './release.ts';
export * from './release-content.ts';
export * from './search-methods.ts';
export * from './tables-docx.ts';
export * from './tables-html.ts';
export * from './tables-text.ts';
