export { classifications } from './classifications.ts';
export { knownVocabularies, vocabularyOfSystem } from './code-systems.ts';
export * from './codes.ts';
export * from './crosswalks.ts';
export type { FileFormat } from './file-format.ts';
export { type LineRefusal, type ParsedLine, parseLine } from './parse-line.ts';
export { readVocabularyFile, type VocabularyFile } from './read-file.ts';
