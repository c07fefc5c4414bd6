import { readFileSync, statSync } from 'node:fs';
import { ChartproofError, nearest, type PlaceOf, type Problem, readYaml, type YamlPath } from '../../base/index.ts';
import { type LinkageRule, mappingSchema, ruleName, type TableMapping } from './mapping-schema.ts';

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
  const found = value ? rulesAtFault(value, placeOf) : problems;
  if (!value || found.length > 0) throw invalidMapping(found);
  return { mapping: value, problemsWith: (header, file) => columnsAtFault(value, placeOf, header, file) };
}

/** The error that tells all the mistakes of a mapping. */
export function invalidMapping(problems: readonly Problem[]): ChartproofError {
  const count = `${problems.length} mistake${problems.length === 1 ? '' : 's'}`;
  return new ChartproofError('mapping.invalid', `The mapping has ${count}; nothing was imported.`, { problems });
}

/** What a schema cannot say of the linkage rules. */
function rulesAtFault({ linkage, person }: TableMapping, placeOf: PlaceOf): Problem[] {
  return linkage.flatMap((rule, at) => [
    ...(['match', 'check'] as const).flatMap((side) =>
      rule[side].flatMap((field, index) =>
        person[field] === undefined
          ? {
              code: 'mapping.unmapped-field',
              message: `\`${field}\` has no column under \`person\`.`,
              tip: `Add it there, or leave it out of the rule.`,
              place: placeOf(['linkage', at, side, index]),
            }
          : [],
      ),
    ),
    ...(identifies(rule)
      ? []
      : [
          {
            code: 'mapping.weak-rule',
            message: `\`${ruleName(rule)}\` fits more than one person too easily.`,
            tip: 'Match record_number, or source_patient, or family_name with given_name and birth_date.',
            place: placeOf(['linkage', at, 'match']),
          },
        ]),
    ...(linkage.findIndex((other) => ruleName(other) === ruleName(rule)) < at
      ? [
          {
            code: 'mapping.repeated-rule',
            message: `\`${ruleName(rule)}\` is a rule already.`,
            tip: 'Remove one of the two.',
            place: placeOf(['linkage', at, 'match']),
          },
        ]
      : []),
    ...(at === 0 && rule.match.includes('source_patient')
      ? [
          {
            code: 'mapping.early-rule',
            message: 'The first rule cannot match `source_patient`: no row has found its person yet.',
            tip: 'Put it after a rule that matches record_number or names.',
            place: placeOf(['linkage', at, 'match']),
          },
        ]
      : []),
  ]);
}

function identifies({ match }: LinkageRule): boolean {
  const has = (...fields: readonly LinkageRule['match'][number][]): boolean =>
    fields.every((field) => match.includes(field));
  return has('record_number') || has('source_patient') || has('family_name', 'given_name', 'birth_date');
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
function columnsNamed(mapping: TableMapping): { readonly column: string; readonly path: YamlPath }[] {
  const under = (part: 'columns' | 'person') =>
    Object.entries(mapping[part]).flatMap(([key, given]) => {
      if (given === undefined) return [];
      return typeof given === 'string'
        ? { column: given, path: [part, key] }
        : { column: given.column, path: [part, key, 'column'] };
    });
  const ids = mapping.row_id.map((column, at) => ({ column, path: ['row_id', at] }));
  return [...ids, ...under('columns'), ...under('person')];
}
