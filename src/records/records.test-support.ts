/** Small records for the tests of this room. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { silent } from '../base/index.ts';
import { initWorkspace, type Workspace } from '../workspace/index.ts';
import { importFhir } from './import-fhir.ts';
import type { ImportReport } from './import-report.ts';
import { openRecords, type Parameters } from './open-records.ts';

/** A resource, or a line that is none. */
export type Content = object | string;

/** A folder for one test, with a workspace in it. */
export interface Place extends Disposable {
  readonly dir: string;
  readonly workspace: Workspace;
  /** Writes a file, a line each, and gives its path. */
  write(name: string, lines: readonly Content[]): string;
  /** Writes the lines to a file and imports it. */
  import(lines: readonly Content[], name?: string): Promise<ImportReport>;
  /** The rows of a query on the current snapshot. */
  query(sql: string, parameters?: Parameters): Promise<Record<string, unknown>[]>;
}

/** What every import of a test is given. */
export const how = { progress: silent, now: '2024-01-01T00:00:00Z' } as const;

/** Makes a folder with a workspace; it is removed at the end of the `using` block. */
export function newPlace(): Place {
  const dir = mkdtempSync(join(tmpdir(), 'chartproof-records-'));
  const workspace = initWorkspace(join(dir, 'workspace'));
  const write = (name: string, lines: readonly Content[]): string => {
    const path = join(dir, 'input', name);
    mkdirSync(dirname(path), { recursive: true });
    const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
    writeFileSync(path, `${texts.join('\n')}\n`);
    return path;
  };
  return {
    dir,
    workspace,
    write,
    import: (lines, name = 'lines.ndjson') => importFhir(workspace, [write(name, lines)], how),
    query: async (sql, parameters) => {
      const records = await openRecords(workspace);
      try {
        return await records.all(sql, parameters);
      } finally {
        records.close();
      }
    },
    [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/** A Patient. */
export function patient(id: string, more: object = {}): object {
  return { resourceType: 'Patient', id, ...more };
}

/** A Patient whom linkage can find. */
export function known(id: string, number: string, family: string, given: string, birthDate: string): object {
  const type = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }] };
  return patient(id, { birthDate, identifier: [{ type, value: number }], name: [{ family, given: given.split(' ') }] });
}

/** A Condition of Patient/1 with a text; `updated` is its `meta.lastUpdated`. */
export function condition(id: string, text: string, updated?: string, more: object = {}): object {
  const meta = updated === undefined ? {} : { meta: { lastUpdated: updated } };
  return { resourceType: 'Condition', id, ...meta, subject: { reference: 'Patient/1' }, code: { text }, ...more };
}
