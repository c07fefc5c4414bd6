import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomic } from '../base/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { literal } from './duckdb.ts';
import type { Manifest } from './manifest.ts';

/** Where the table is made. */
interface Asked {
  run(sql: string): Promise<void>;
}

/** Where the codes of a file of codings are kept, relative to `records/`. */
export function codesFileOf(codings: string): string {
  return codings.replace(/\.parquet$/, '.codes.parquet');
}

/**
 * Makes the table of the codes that stand in a snapshot. To look for them through the codings of a hospital takes as long as to
 * find those of a study, so they are kept beside their file, which never changes. Rule R143 of SPEC.md.
 */
export async function createUsedCodes(
  records: Asked,
  workspace: Workspace,
  { tables }: Pick<Manifest, 'tables'>,
  name: string,
): Promise<void> {
  const folder = workspace.paths.records;
  const codings = tables.coding?.file;
  const kept = codings === undefined ? undefined : join(folder, codesFileOf(codings));
  if (kept !== undefined && existsSync(kept)) {
    const isRead = await records.run(`CREATE TABLE ${name} AS SELECT * FROM read_parquet(${literal(kept)})`).then(
      () => true,
      () => false, // damaged: made again
    );
    if (isRead) return;
  }
  await records.run(`CREATE TABLE ${name} AS SELECT DISTINCT table_name, vocabulary_id, code FROM main.coding`);
  if (kept !== undefined) await keep(records, name, kept, join(folder, 'spill'));
}

async function keep(records: Asked, name: string, path: string, spill: string): Promise<void> {
  const written = join(spill, `codes-${process.pid}.tmp`);
  try {
    mkdirSync(spill, { recursive: true });
    await records.run(`COPY (FROM ${name} ORDER BY ALL) TO ${literal(written)} (FORMAT parquet, COMPRESSION zstd)`);
    writeFileAtomic(path, readFileSync(written));
  } catch {
    // Who may only read the records does without it.
  } finally {
    rmSync(written, { force: true });
  }
}
