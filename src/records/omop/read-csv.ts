import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { literal } from '../duckdb.ts';
import type { ImportSink } from '../import-run.ts';
import type { CdmFile, CdmRead } from './cdm-files.ts';
import { isMapped } from './cdm-tables.ts';
import { cellName } from './cell-sql.ts';
import { type CsvDialect, csvDialect } from './csv-header.ts';
import { type Scan, scanCsv } from './scan-csv.ts';

/** Scans a CSV file; unsound records go to the quarantine at once. Error: `base.damaged-file`. */
export async function readCsv(
  file: CdmFile,
  names: readonly string[],
  firstVersion: number,
  { staging, tally, quarantine }: ImportSink,
  advance: (bytesRead: number) => void,
): Promise<CdmRead> {
  const { table: type, name } = file;
  const folder = join(staging.folder, 'omop');
  mkdirSync(folder, { recursive: true });
  const path = isMapped(type) ? join(folder, `${firstVersion}-${type}.csv`) : undefined;
  const dialect = await csvDialect(file);
  const scan = await scanCsv(
    file.path,
    { ...dialect, columns: names.length },
    {
      ...(path === undefined ? {} : { path }),
      firstVersion,
      advance,
      refuse: (line, reason) => {
        tally.quarantined(type, reason);
        quarantine.add({ file: name, line, type, reason });
      },
    },
  );
  const { records: rows, sound } = scan;
  if (path === undefined) return { rows, sound };
  return { rows, sound, cells: cellsOf(path, name, names, dialect, scan) };
}

/** DuckDB's own smallest sensible limit for a row. */
const SHORTEST_LIMIT = 2_097_152;
/** The buffer of a reader holds so many of the longest rows. */
const BUFFERED_ROWS = 4;

function cellsOf(path: string, name: string, names: readonly string[], dialect: CsvDialect, scan: Scan): string {
  const columns = ['version', 'src_line', ...names.map(cellName)].map(
    (column, at) => `${at < 2 ? `"${column}"` : column}: '${at < 2 ? 'BIGINT' : 'VARCHAR'}'`,
  );
  const limit = Math.max(SHORTEST_LIMIT, scan.longest);
  const quote = dialect.hasQuotes ? '"' : '';
  const cells = names.map(cellName).map((cell) => (dialect.hasQuotes ? cell : `cdm_unquoted(${cell}) AS ${cell}`));
  return `SELECT version, src_line, ${literal(name)} AS src_file, ${cells.join(', ')}
    FROM read_csv(${literal(path)}, columns = {${columns.join(', ')}}, auto_detect = false, header = false,
      delim = ${literal(dialect.delimiter)}, quote = ${literal(quote)}, escape = ${literal(quote)}, new_line = '\\n',
      nullstr = '', max_line_size = ${limit}, buffer_size = ${limit * BUFFERED_ROWS}, parallel = ${!scan.isMultiline})`;
}
