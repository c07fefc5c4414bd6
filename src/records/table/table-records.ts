/** The rows of a table, whatever kind of file it is: CSV, compressed CSV, a sheet of a spreadsheet. */
import { csvRecords } from './csv-records.ts';
import type { TableMapping } from './mapping-schema.ts';
import { sheetRecords } from './sheet-records.ts';
import type { TableRecord } from './table-record.ts';

/**
 * The rows of a file, its header first. Errors: `base.damaged-file`, `records.damaged-file`, `records.too-large`,
 * `mapping.unknown-sheet`.
 */
export function tableRecords(
  path: string,
  { delimiter, encoding, sheet }: Pick<TableMapping, 'delimiter' | 'encoding' | 'sheet'>,
): AsyncGenerator<TableRecord> {
  if (/\.xlsx$/i.test(path)) return sheetRecords(path, sheet);
  return csvRecords(path, delimiter, { encoding, gzip: /\.gz$/i.test(path) });
}
