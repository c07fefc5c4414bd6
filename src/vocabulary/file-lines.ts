import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { ChartproofError } from '../base/index.ts';

/** One line of a vocabulary file that is not empty. */
export interface FileLine {
  readonly text: string;
  /** Counts from 1. */
  readonly number: number;
}

/** No code list is this long; a file that unpacks to more is none. */
const LONGEST = 512 * 1024 * 1024;

/**
 * The lines of a file, plain or gzip. Text is UTF-8; where it is not, it is read as Windows-1252, in which CMS writes
 * ICD-9-CM ("Ménière's disease"). Error: `vocabulary.unreadable`.
 */
export function fileLines(path: string): FileLine[] {
  return textOf(contentOf(path))
    .split('\n')
    .map((text, at) => ({ text: text.trimEnd(), number: at + 1 }))
    .filter(({ text }) => text !== '');
}

function contentOf(path: string): Buffer {
  const content = readFileSync(path);
  const isGzip = content[0] === 0x1f && content[1] === 0x8b;
  if (!isGzip) return content;
  try {
    return gunzipSync(content, { maxOutputLength: LONGEST });
  } catch (cause) {
    throw new ChartproofError('vocabulary.unreadable', 'The file cannot be unpacked.', {
      tip: 'It was cut off, or is no gzip file. Get it again.',
      place: { file: path },
      cause,
    });
  }
}

function textOf(content: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return new TextDecoder('windows-1252').decode(content);
  }
}
