import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { ChartproofError } from '../base/index.ts';

/** A file to read. `name` is what the provenance says: its path inside of the folder that was named. */
export interface InputFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
}

/** What stands at the paths: NDJSON files in the order in which they are read, and the names of what is not read. */
export interface Inputs {
  readonly files: readonly InputFile[];
  readonly ignored: readonly string[];
}

const NDJSON = /\.(?:ndjson|jsonl)$/i;

/**
 * The NDJSON files at the paths, each a file or a folder with everything below it, sorted by name.
 * Errors: `records.missing-file`, `records.wrong-type`, `records.nothing-to-import`.
 */
export function findInputs(paths: readonly string[]): Inputs {
  const found = new Map<string, InputFile>();
  const ignored: string[] = [];
  for (const given of paths) {
    if (!existsSync(given)) {
      throw new ChartproofError('records.missing-file', 'There is no such file or folder.', { place: { file: given } });
    }
    const isFolder = statSync(given).isDirectory();
    if (!isFolder && !NDJSON.test(given)) throw wrongType(given);
    for (const path of isFolder ? filesBelow(resolve(given)) : [resolve(given)]) {
      const name = isFolder ? relative(resolve(given), path).split(sep).join('/') : basename(path);
      if (NDJSON.test(path)) found.set(realpathSync(path), { path, name, bytes: statSync(path).size });
      else ignored.push(name);
    }
  }
  if (found.size === 0) {
    throw new ChartproofError('records.nothing-to-import', 'No file here ends in .ndjson.', {
      tip: 'Name the folder of a FHIR bulk export, or its files; unpack them first if they are compressed.',
      place: { file: paths[0] ?? '.' },
    });
  }
  const files = distinctlyNamed([...found.values()]).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return { files, ignored: ignored.sort() };
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

function wrongType(path: string): ChartproofError {
  return new ChartproofError('records.wrong-type', 'This is not an NDJSON file: its name does not end in .ndjson.', {
    tip: /\.(?:csv|tsv|txt)$/i.test(path)
      ? 'Import a table with a mapping: chartproof import table FILE --mapping MAPPING'
      : 'A FHIR bulk export has one resource a line, in files such as Condition.ndjson.',
    place: { file: path },
  });
}
