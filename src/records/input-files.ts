import { existsSync, globSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { ChartproofError, type Progress, sha256File } from '../base/index.ts';

/** A file to read. `name` is what the provenance says: its path inside of the folder that was named. */
export interface InputFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
}

/** A file to read, with the SHA-256 of its bytes. */
export type HashedFile = InputFile & { readonly sha256: string };

/** What stands at the paths: files in the order in which they are read, and the names of what is not read. */
export interface Inputs {
  readonly files: readonly InputFile[];
  readonly ignored: readonly string[];
}

/** A kind of file by its name, and what to say where a file is of another kind, or none is there. */
export interface InputKind {
  readonly pattern: RegExp;
  readonly wrong: string;
  tipFor(path: string): string;
  readonly none: string;
  readonly noneTip: string;
}

/** FHIR: a bulk export, or Bundles. */
export const fhirFiles: InputKind = {
  pattern: /\.(?:ndjson|jsonl|json)(?:\.gz)?$/i,
  wrong: 'This is no file of FHIR resources: its name ends in none of .ndjson, .jsonl, .json, with or without .gz.',
  tipFor: (path) =>
    /\.(?:csv|tsv|txt|xlsx)$/i.test(path)
      ? 'Import a table with a mapping: chartproof import table FILE --mapping MAPPING'
      : 'A FHIR export has one resource a line, in files such as Condition.ndjson, or Bundles in .json files.',
  none: 'No file here ends in .ndjson or .json.',
  noneTip: 'Name the folder of a FHIR export, or its files.',
};

/** Tables, as text or in a spreadsheet. */
export const tableFiles: InputKind = {
  pattern: /\.(?:(?:csv|tsv|txt)(?:\.gz)?|xlsx)$/i,
  wrong: 'This is not a table: its name ends in none of .csv, .csv.gz, .xlsx.',
  tipFor: (path) =>
    /\.(?:xls|xlsb|xlsm|ods|numbers)$/i.test(path)
      ? 'Open it in the spreadsheet program and save it as .xlsx or as "CSV UTF-8".'
      : 'Tables are read from files such as fills.csv (or .tsv, .txt, .csv.gz) and registry.xlsx.',
  none: 'No file here ends in .csv or .xlsx.',
  noneTip: 'Name the table itself, such as fills.csv.',
};

/** Code lists and crosswalks, plain or gzip. */
export const vocabulary: InputKind = {
  pattern: /\.(?:csv|tsv|txt)(?:\.gz)?$/i,
  wrong: 'This is no code list or crosswalk: its name ends neither in .csv nor in .txt (or .gz after them).',
  tipFor: (path) =>
    /\.zip$/i.test(path)
      ? 'Unpack it first, and name the files in it.'
      : 'docs/vocabulary.md shows the files that are read.',
  none: 'No file here ends in .csv or .txt.',
  noneTip: 'Name the files themselves, such as icd10cm_order_2025.txt.',
};

/**
 * The files of a kind at the paths, each a file or a folder with everything below it, sorted by name.
 * Errors: `records.missing-file`, `records.wrong-type`, `records.nothing-to-import`.
 */
export function findInputs(paths: readonly string[], kind: InputKind): Inputs {
  const found = new Map<string, InputFile>();
  const ignored: string[] = [];
  for (const given of paths.flatMap(matches)) {
    const isFolder = statSync(given).isDirectory();
    if (!isFolder && !kind.pattern.test(given)) {
      throw new ChartproofError('records.wrong-type', kind.wrong, { tip: kind.tipFor(given), place: { file: given } });
    }
    for (const path of isFolder ? filesBelow(resolve(given)) : [resolve(given)]) {
      const name = isFolder ? relative(resolve(given), path).split(sep).join('/') : basename(path);
      if (kind.pattern.test(path)) found.set(realpathSync(path), { path, name, bytes: statSync(path).size });
      else ignored.push(name);
    }
  }
  if (found.size === 0) {
    throw new ChartproofError('records.nothing-to-import', kind.none, {
      tip: kind.noneTip,
      place: { file: paths[0] ?? '.' },
    });
  }
  const files = distinctlyNamed([...found.values()]).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return { files, ignored: ignored.sort() };
}

/** A path, or what a pattern such as `export/*.ndjson` stands for where the shell has left it as it is. */
function matches(given: string): readonly string[] {
  if (existsSync(given)) return [given];
  const found = /[*?[{]/.test(given) ? globSync(given).sort() : [];
  if (found.length > 0) return found;
  throw new ChartproofError('records.missing-file', 'There is no such file or folder.', { place: { file: given } });
}

/** The files with their hashes. */
export async function hashFiles(files: readonly InputFile[], progress: Progress): Promise<HashedFile[]> {
  progress.step('Checking files', bytesOf(files));
  const hashed: HashedFile[] = [];
  for (const file of files) {
    hashed.push({ ...file, sha256: await sha256File(file.path) });
    progress.advance(bytesOf(hashed));
  }
  return hashed;
}

/** All the bytes of files. */
export function bytesOf(files: readonly InputFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Files of the same name from two folders get their folder's name before it, or their whole path. */
function distinctlyNamed(files: readonly InputFile[]): InputFile[] {
  const names: readonly ((file: InputFile) => string)[] = [
    (file) => file.name,
    (file) =>
      file.path
        .split(sep)
        .slice(-file.name.split('/').length - 1)
        .join('/'),
    (file) => file.path,
  ];
  const distinct = names.find((name) => new Set(files.map(name)).size === files.length);
  return files.map((file) => ({ ...file, name: distinct?.(file) ?? file.path }));
}
