import { DuckDBInstance } from '@duckdb/node-api';

/** How much DuckDB may hold in memory, and on how many threads it works. What is more goes to disk. */
export interface Limits {
  readonly memory: string;
  readonly threads: number;
}

/**
 * Opens DuckDB, on a file or `:memory:`. Extensions are never fetched: what is used is built in. `spill` is the folder
 * for what does not fit into memory.
 */
export function openDuckDb(path: string, limits: Limits, spill: string): Promise<DuckDBInstance> {
  return DuckDBInstance.create(path, {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: limits.memory,
    threads: String(limits.threads),
    temp_directory: spill,
  });
}

/** Text as an SQL literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
