import { type FileFormat, fileFormat } from './file-format.ts';
import { type FileLine, fileLines } from './file-lines.ts';

/** A file of a classification or a crosswalk: what it is, and its lines without the header. */
export interface VocabularyFile {
  readonly format: FileFormat;
  readonly lines: readonly FileLine[];
}

/**
 * Reads a file, plain or gzip. `system` says of which classification the codes are (of a crosswalk: those of the first
 * column), where neither its name nor its content does.
 * Errors: `vocabulary.unreadable`, `vocabulary.unknown-format`, `vocabulary.unknown-system`.
 */
export function readVocabularyFile(path: string, system?: string): VocabularyFile {
  const lines = fileLines(path);
  const format = fileFormat(path, lines, system);
  const hasHeader = format.layout === 'code-table' || format.layout === 'gem-table';
  return { format, lines: hasHeader ? lines.slice(1) : lines };
}
