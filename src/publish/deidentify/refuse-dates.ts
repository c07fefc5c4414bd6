import { parse } from 'csv-parse/sync';
import type { TextFile } from '../../analysis/index.ts';
import { ChartproofError } from '../../base/index.ts';

/** The codebook has labels, which the protocol's authors wrote. */
const IN_WORDS = 'data/codebook.csv';

/**
 * The last look before a release is written, at every file of data, whoever made it. Error `publish.date-left` where a cell is a date
 * finer than a year.
 */
export function refuseDates(files: readonly TextFile[]): void {
  for (const file of files) {
    if (!hasFineDate(file)) continue;
    throw new ChartproofError('publish.date-left', `${file.name} would have a date finer than a year.`, {
      tip: 'This is a fault of the program: nothing was written. Please report it with the protocol.',
    });
  }
}

/** Whether a file of data has a cell that is a date finer than a year. */
export function hasFineDate({ name, text }: TextFile): boolean {
  if (!name.startsWith('data/') || !name.endsWith('.csv') || name === IN_WORDS) return false;
  const cells: string[] = parse(text).flat();
  return cells.some((cell) => /^\d{4}-\d\d/.test(cell));
}
