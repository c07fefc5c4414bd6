import type { DuckDBConnection } from '@duckdb/node-api';
import { ChartproofError } from '../../base/index.ts';
import { literal } from '../duckdb.ts';
import type { CdmFile, CdmRead } from './cdm-files.ts';
import { isMapped } from './cdm-tables.ts';
import { cellName } from './cell-sql.ts';
import { columnNames } from './csv-header.ts';

/** The columns of a Parquet file as the CDM calls them. Error: `records.damaged-file`. */
export async function parquetColumns(connection: DuckDBConnection, file: CdmFile): Promise<readonly string[]> {
  return columnNames(await ownNames(connection, file));
}

/** A Parquet file: its rows are numbered from 1, and each of its values is read as text. Error: `records.damaged-file`. */
export async function readParquet(
  connection: DuckDBConnection,
  file: CdmFile,
  names: readonly string[],
  firstVersion: number,
): Promise<CdmRead> {
  const [counted] = await asked(
    connection,
    file,
    `SELECT sum(num_rows) FROM parquet_file_metadata(${literal(file.path)})`,
  );
  const rows = Number(counted?.[0] ?? 0);
  if (!isMapped(file.table)) return { rows, sound: rows };
  const own = await ownNames(connection, file);
  const cells = own.map((name, at) => `"${name.replaceAll('"', '""')}"::VARCHAR AS ${cellName(names[at] ?? name)}`);
  return {
    rows,
    sound: rows,
    cells: `SELECT ${firstVersion} + file_row_number AS version, file_row_number + 1 AS src_line,
        ${literal(file.name)} AS src_file, ${cells.join(', ')}
      FROM ${source(file)}`,
  };
}

async function ownNames(connection: DuckDBConnection, file: CdmFile): Promise<readonly string[]> {
  const described = await asked(connection, file, `DESCRIBE SELECT * EXCLUDE (file_row_number) FROM ${source(file)}`);
  return described.map(([name]) => String(name));
}

function source({ path }: CdmFile): string {
  return `read_parquet(${literal(path)}, file_row_number = true, binary_as_string = true, hive_partitioning = false)`;
}

async function asked(connection: DuckDBConnection, { path }: CdmFile, query: string): Promise<readonly unknown[][]> {
  try {
    return (await connection.runAndReadAll(query)).getRows();
  } catch (cause) {
    throw new ChartproofError('records.damaged-file', 'The Parquet file cannot be read; nothing was imported.', {
      tip: 'Copy it again from where it came, and compare its size.',
      place: { file: path },
      cause,
    });
  }
}
