import { readFileSync, statSync } from 'node:fs';
import { ChartproofError } from '../base/index.ts';

/** The text of a file that the user named; a clear error where there is none to read. */
export function readInput(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new ChartproofError('cli.missing-file', `There is no file ${path}.`, { tip: 'Check the path.' });
  if (!found.isFile()) throw new ChartproofError('cli.not-a-file', `${path} is no file.`, { tip: 'Name a file.' });
  return readFileSync(path, 'utf8');
}
