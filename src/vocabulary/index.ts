export { knownVocabularies, vocabularyOfSystem } from './code-systems.ts';
export * from './codes.ts';
