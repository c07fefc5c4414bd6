import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cells, RowFile, type WrittenRows } from './row-file.ts';
import { type DecodedRow, type ImportTable, ownColumnsOf } from './rows.ts';

/** Stands for no time of a version (no `meta.lastUpdated`): before every time. */
export const NEVER = -(2 ** 52);

/** A version of a resource, and where it stands. */
export interface ResourceVersion {
  /** Grows with the place in the input: of versions with one time the greater stands. */
  readonly version: number;
  /** `Condition/1`; `id` is the row id of it. */
  readonly name: string;
  readonly id: string;
  readonly type: string;
  /** `meta.lastUpdated` as it is written, and in milliseconds since 1970. */
  readonly updated: string | null;
  readonly updatedMs: number;
  /** A hash of what it says (`contentOf`). */
  readonly content: string;
  readonly file: string;
  readonly line: number;
}

/** Versions of resources and their rows, in a folder of files, one a table. */
export class ResourceRows {
  readonly #folder: string;
  readonly #files = new Map<ImportTable, RowFile>();

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#folder = folder;
  }

  add(
    { version, name, id, type, updated, updatedMs, content, file, line }: ResourceVersion,
    rows: readonly DecodedRow[],
  ): void {
    const provenance = cells(file, line, name, updated);
    const resource = { resource_id: id, resource_type: type, updated_ms: updatedMs, content };
    this.#file('resource').append(version, resource, provenance);
    for (const { table, values } of rows) this.#file(table).append(version, values, provenance);
  }

  /** Finishes the files, for {@link Staging.addAll}. */
  close(): Readonly<Partial<Record<ImportTable, WrittenRows>>> {
    return Object.fromEntries([...this.#files].map(([table, file]) => [table, file.close()]));
  }

  #file(table: ImportTable): RowFile {
    const open = this.#files.get(table);
    if (open) return open;
    const file = new RowFile(join(this.#folder, `${table}.csv`), ownColumnsOf(table));
    this.#files.set(table, file);
    return file;
  }
}
