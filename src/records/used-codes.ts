import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { renameDurably } from '../base/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { literal } from './duckdb.ts';
import type { Manifest } from './manifest.ts';

/** The codings of a snapshot by their code, as tables of no person and of all persons: for queries before the gate alone. */
export interface UsedCodes {
  /** Each code once a table of events, as the records write it: `code_id`, `table_name`, `vocabulary_id`, `code`. */
  readonly codes: string;
  /** The rows that carry them: `code_id`, `person_id`, `row_id`. */
  readonly rows: string;
}

/** Where tables are made. */
interface Asked {
  run(sql: string): Promise<void>;
}

/** What is kept beside a file of codings, relative to `records/`. */
export function codesFilesOf(codings: string): { readonly codes: string; readonly rows: string } {
  const file = (what: string): string => codings.replace(/\.parquet$/, `.${what}.parquet`);
  return { codes: file('codes'), rows: file('by-code') };
}

/**
 * Makes the tables. To look for a few codes through the codings of a hospital reads the text of every one; so the codes are
 * numbered, and the codings are kept by number beside their file, which never changes. Rule R143 of SPEC.md.
 */
export async function createUsedCodes(
  records: Asked,
  workspace: Workspace,
  { tables }: Pick<Manifest, 'tables'>,
  { codes, rows }: UsedCodes,
): Promise<void> {
  const folder = workspace.paths.records;
  const codings = tables.coding?.file;
  const kept = codings === undefined ? undefined : codesFilesOf(join(folder, codings));
  const read = async (): Promise<void> => {
    if (!kept) throw new Error('No codings');
    await records.run(
      `CREATE OR REPLACE TABLE ${codes} AS SELECT ${COLUMNS} FROM read_parquet(${literal(kept.codes)})`,
    );
    await records.run(`CREATE OR REPLACE VIEW ${rows} AS SELECT ${ROWS} FROM read_parquet(${literal(kept.rows)})`);
  };
  const isRead = (): Promise<boolean> => read().then(done, () => false);
  // Missing, damaged, or of an earlier form: made again.
  if (kept && existsSync(kept.codes) && existsSync(kept.rows) && (await isRead())) return;
  await records.run(`CREATE OR REPLACE TABLE ${codes} AS ${NUMBERED}`);
  // Who may only read the records does without the files.
  if (kept && (await keep(records, codes, kept, join(folder, 'spill')).then(done, () => false)) && (await isRead()))
    return;
  await records.run(`CREATE OR REPLACE VIEW ${rows} AS ${rowsBy(codes)}`);
}

const COLUMNS = 'code_id, table_name, vocabulary_id, code';
const ROWS = 'code_id, person_id, row_id';

/** In an order of their own, so that whoever makes them again gives each the same number. */
const NUMBERED = `
  SELECT row_number() OVER (ORDER BY table_name, vocabulary_id, code)::INTEGER AS code_id, *
  FROM (SELECT DISTINCT table_name, vocabulary_id, code FROM main.coding)`;

function rowsBy(codes: string): string {
  return `SELECT ${ROWS} FROM main.coding JOIN ${codes} USING (table_name, vocabulary_id, code)`;
}

function done(): true {
  return true;
}

async function keep(records: Asked, codes: string, kept: UsedCodes, spill: string): Promise<void> {
  mkdirSync(spill, { recursive: true });
  const write = async (query: string, path: string): Promise<void> => {
    const written = join(spill, `codes-${randomUUID()}.tmp`);
    try {
      await records.run(`COPY (${query} ORDER BY code_id) TO ${literal(written)} (FORMAT parquet, COMPRESSION zstd)`);
      renameDurably(written, path);
    } finally {
      rmSync(written, { force: true });
    }
  };
  await write(rowsBy(codes), kept.rows);
  await write(`SELECT ${COLUMNS} FROM ${codes}`, kept.codes);
}
