import { readFileSync, statSync } from 'node:fs';
import { ChartproofError, nearest, type PlaceOf, type Problem, readYaml, type YamlPath } from '../../base/index.ts';
import { mappingFaults } from './mapping-faults.ts';
import { mappingSchema, personOf, type TableMapping } from './mapping-schema.ts';

/** A mapping that was read, and the check of its columns against the first line of a file. */
export interface ReadMapping {
  readonly mapping: TableMapping;
  /** What is wrong between the mapping and a file with these columns. */
  problemsWith(header: readonly string[], file: string): Problem[];
}

/** Reads a mapping. Errors: `mapping.missing-file`; `mapping.invalid`, whose `problems` are all mistakes. */
export function readMapping(path: string): ReadMapping {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
    throw new ChartproofError('mapping.missing-file', 'There is no such mapping file.', {
      tip: 'Check the path. docs/import.md shows how to write one.',
      place: { file: path },
    });
  }
  const { value, problems, placeOf } = readYaml(readFileSync(path, 'utf8'), path, mappingSchema, 'mapping');
  const found = value ? mappingFaults(value, placeOf) : problems;
  if (!value || found.length > 0) throw invalidMapping(found);
  return { mapping: value, problemsWith: (header, file) => columnsAtFault(value, placeOf, header, file) };
}

/** The error that tells all the mistakes of a mapping. */
export function invalidMapping(problems: readonly Problem[]): ChartproofError {
  const count = `${problems.length} mistake${problems.length === 1 ? '' : 's'}`;
  return new ChartproofError('mapping.invalid', `The mapping has ${count}; nothing was imported.`, { problems });
}

function columnsAtFault(mapping: TableMapping, placeOf: PlaceOf, header: readonly string[], file: string): Problem[] {
  return columnsNamed(mapping).flatMap(({ column, path }) => {
    const times = header.filter((name) => name === column).length;
    if (times === 1) return [];
    const close = times === 0 ? nearest(column, header) : undefined;
    return {
      code: times === 0 ? 'mapping.unknown-column' : 'mapping.repeated-column',
      message: times === 0 ? `${file} has no column \`${column}\`.` : `${file} has ${times} columns \`${column}\`.`,
      ...(times > 1
        ? { tip: 'Give each column of the file a name of its own.' }
        : close === undefined
          ? {}
          : { tip: `Did you mean \`${close}\`?` }),
      place: placeOf(path),
    };
  });
}

/** Every column that the mapping names, and where it names it. */
function columnsNamed(mapping: TableMapping): readonly NamedColumn[] {
  const ids = mapping.row_id.map((column, at) => ({ column, path: ['row_id', at] }));
  return [...ids, ...columnsIn(mapping.columns, ['columns']), ...columnsIn(personOf(mapping), ['person'])];
}

interface NamedColumn {
  readonly column: string;
  readonly path: YamlPath;
}

/** The columns of a part: each key says one, as its name or as `column` of a map, or several in a list. */
function columnsIn(part: object, path: YamlPath): readonly NamedColumn[] {
  return Object.entries(part).flatMap(([key, given]: [string, unknown]) => saidColumns(given, [...path, key]));
}

function saidColumns(given: unknown, path: YamlPath): readonly NamedColumn[] {
  if (typeof given === 'string') return [{ column: given, path }];
  if (Array.isArray(given)) return given.flatMap((each, at) => saidColumns(each, [...path, at]));
  if (given === null || typeof given !== 'object' || !('column' in given)) return [];
  return [{ column: String(given.column), path: [...path, 'column'] }];
}
