/** Files of classifications for the tests of this room. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ParsedLine, parseLine } from './parse-line.ts';
import { readVocabularyFile, type VocabularyFile } from './read-file.ts';

/** Reads a file of this name and content. */
export function fileOf(name: string, content: string | Uint8Array, system?: string): VocabularyFile {
  const dir = mkdtempSync(join(tmpdir(), 'chartproof-vocabulary-'));
  try {
    writeFileSync(join(dir, name), content);
    return readVocabularyFile(join(dir, name), system);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** What the lines of such a file say. */
export function parsed(name: string, content: string | Uint8Array, system?: string): ParsedLine[] {
  const { format, lines } = fileOf(name, content, system);
  return lines.map(({ text }) => parseLine(format, text));
}

/** A line of a CMS order file. */
export function orderLine(at: number, code: string, flag: 0 | 1, short: string, long: string): string {
  return `${String(at).padStart(5, '0')} ${code.padEnd(7)} ${flag} ${short.padEnd(60)} ${long}`;
}
