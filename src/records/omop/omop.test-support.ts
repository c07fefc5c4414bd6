/** Small CDMs for the tests of this folder. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { importOmop } from '../import-omop.ts';
import type { ImportReport } from '../import-report.ts';
import type { Quarantined } from '../quarantine.ts';
import { how, newPlace, type Place } from '../records.test-support.ts';

/** A table: its columns, and its rows as text. */
export interface SmallTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** A folder with a workspace; `omop` writes files into a folder of their own and imports them. */
export interface OmopPlace extends Place {
  omop(files: Readonly<Record<string, string | SmallTable>>, folder?: string): Promise<ImportReport>;
  /** What the last import has put in quarantine. */
  quarantined(): readonly Quarantined[];
}

/** Makes a folder with a workspace; it is removed at the end of the `using` block. */
export function omopPlace(): OmopPlace {
  const place = newPlace();
  let folders = 0;
  let last: ImportReport | undefined;
  return {
    ...place,
    [Symbol.dispose]: () => place[Symbol.dispose](),
    quarantined: () => {
      const file = last?.quarantineFile;
      const text = file === undefined ? '' : readFileSync(join(place.workspace.paths.records, file), 'utf8');
      return text
        .trimEnd()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Quarantined);
    },
    omop: async (files, folder = `cdm-${++folders}`) => {
      for (const [name, content] of Object.entries(files)) {
        const path = join(place.dir, folder, name);
        mkdirSync(dirname(path), { recursive: true });
        const text = typeof content === 'string' ? content : csv(content, /\.tsv|\.txt/.test(name) ? '\t' : ',');
        writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text);
      }
      last = await importOmop(place.workspace, [join(place.dir, folder)], how);
      return last;
    },
  };
}

/** A table as text; what has a quote, a line break or the delimiter is quoted. */
export function csv({ columns, rows }: SmallTable, delimiter = ','): string {
  const cell = (value: string | number | null): string => {
    const text = String(value ?? '');
    return /["\n\r\t,]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [columns, ...rows].map((row) => `${row.map(cell).join(delimiter)}\n`).join('');
}

/** A table of rows that are objects. */
export function table(...rows: readonly Readonly<Record<string, string | number | null>>[]): SmallTable {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return { columns, rows: rows.map((row) => columns.map((column) => row[column] ?? null)) };
}

/** A person, a woman born on 2 March 1960 unless `more` says otherwise. */
export function person(id: string, more: Readonly<Record<string, string | number | null>> = {}) {
  const born = { year_of_birth: 1960, month_of_birth: 3, day_of_birth: 2 };
  return {
    person_id: id,
    gender_concept_id: 8532,
    ...born,
    race_concept_id: 8527,
    person_source_value: `MRN${id}`,
    ...more,
  };
}

/** A condition of a person. */
export function condition(id: string, personId: string, more: Readonly<Record<string, string | number | null>> = {}) {
  return {
    condition_occurrence_id: id,
    person_id: personId,
    condition_concept_id: 320128,
    condition_start_date: '2014-03-05',
    condition_source_value: 'HTN',
    condition_source_concept_id: 0,
    ...more,
  };
}

/** A concept of a vocabulary. */
export function concept(id: number, name: string, vocabulary: string, code: string) {
  return {
    concept_id: id,
    concept_name: name,
    domain_id: 'Any',
    vocabulary_id: vocabulary,
    concept_class_id: 'Any',
    standard_concept: 'S',
    concept_code: code,
    valid_start_date: '19700101',
    valid_end_date: '20991231',
    invalid_reason: null,
  };
}
