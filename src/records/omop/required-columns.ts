import { ChartproofError } from '../../base/index.ts';
import type { CdmFile } from './cdm-files.ts';
import { cdmTable, isMapped } from './cdm-tables.ts';

/** Refuses a file of a table that is used and lacks columns without which its rows mean nothing. Error: `omop.missing-column`. */
export function checkColumns(file: CdmFile, names: readonly string[]): void {
  if (!isMapped(file.table)) return;
  const { key, required } = cdmTable(file.table);
  const missing = [...new Set([...key, ...required])].filter(
    (column) => !names.includes(column) && !names.includes(column.replace(/_date$/, '_datetime')),
  );
  if (missing.length === 0) return;
  throw new ChartproofError(
    'omop.missing-column',
    `The file of ${file.table} has no column ${missing.map((column) => `\`${column}\``).join(', ')}; nothing was imported.`,
    {
      tip: 'The first line must name the columns, as OMOP CDM 5.3 or 5.4 calls them.',
      place: { file: file.path, line: 1 },
    },
  );
}
