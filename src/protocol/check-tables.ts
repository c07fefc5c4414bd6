import type { YamlPath } from '../base/index.ts';
import type { Checker, Names } from './checker.ts';
import { fieldChoices } from './field-choices.ts';
import type { Protocol } from './schema.ts';
import type { TableSpec } from './schema-tables.ts';
import { expandTableRows } from './table-rows.ts';

type Divided = Pick<TableSpec, 'denominator'>;

/** Columns and rows speak of what is there; no two have the same id. */
export function checkTable(checker: Checker, protocol: Protocol, table: TableSpec, path: YamlPath, names: Names): void {
  if (table.population !== undefined) checker.expression([...path, 'population'], table.population, names);
  const divided = (one: Divided, at: YamlPath): void => {
    if (typeof one.denominator === 'object')
      checker.expression([...at, 'denominator', 'of'], one.denominator.of, names);
  };
  divided(table, path);
  for (const [at, column] of table.columns.entries()) {
    if ('columnsOf' in column)
      checkChoices(checker, protocol, [...path, 'columns', at, 'columnsOf'], column.columnsOf, COLUMN_TYPES);
    if ('when' in column) checker.expression([...path, 'columns', at, 'when'], column.when, names);
    if ('responses' in column && !protocol.response) {
      checker.add(
        [...path, 'columns', at],
        'unknown-name',
        'Columns by response need the part `response`.',
        'Add it, or name the columns.',
      );
    }
  }
  checkColumnIds(checker, protocol, table, path);
  checker.unique(table.groups, [...path, 'groups']);
  let sound = true;
  for (const [g, group] of table.groups.entries()) {
    divided(group, [...path, 'groups', g]);
    for (const [r, row] of group.rows.entries()) {
      const at = [...path, 'groups', g, 'rows', r];
      if ('choicesOf' in row)
        sound = checkChoices(checker, protocol, [...at, 'choicesOf'], row.choicesOf, CHOICE_TYPES, row.only) && sound;
      else if ('summary' in row) checker.expression([...at, 'summary'], row.summary, names);
      else {
        checker.expression([...at, 'when'], row.when, names);
        divided(row, at);
        for (const [i, inner] of (row.rows ?? []).entries()) {
          checker.expression([...at, 'rows', i, 'when'], inner.when, names);
          divided(inner, [...at, 'rows', i]);
        }
      }
    }
  }
  if (!sound) return;
  const ids = expandTableRows(protocol, table).map((row) => row.id);
  for (const id of new Set(ids.filter((one, at) => ids.indexOf(one) !== at))) {
    checker.add(
      [...path, 'groups'],
      'duplicate-id',
      `Two rows of the table have the id \`${id}\`.`,
      'Row ids are unique in a table; a row of choices is called group-choice.',
    );
  }
}

/** No two columns as printed have the same id: a cell is named by row and column. */
function checkColumnIds(checker: Checker, protocol: Protocol, table: TableSpec, path: YamlPath): void {
  const categories = protocol.response?.categories.map((category) => category.code) ?? [];
  const seen = new Set<string>();
  for (const [at, column] of table.columns.entries()) {
    const made = 'responses' in column ? categories : idsOfColumns(protocol, column);
    for (const id of made ?? ('id' in column ? [column.id] : [])) {
      if (seen.has(id)) {
        const place = made ? [...path, 'columns', at] : [...path, 'columns', at, 'id'];
        checker.add(place, 'duplicate-id', `Two columns have the id \`${id}\`.`, 'Give each its own id.');
      }
      seen.add(id);
    }
  }
}

/** The ids of the columns that a field makes, where it can make any. */
function idsOfColumns(protocol: Protocol, column: TableSpec['columns'][number]): string[] | undefined {
  return 'columnsOf' in column ? fieldChoices(protocol, column.columnsOf).map(({ id }) => id) : undefined;
}

/** The kinds of fields that rows are made of. */
export const CHOICE_TYPES = ['choice', 'choices'];
const COLUMN_TYPES = [...CHOICE_TYPES, 'yesno'];

/** The field of `choicesOf` is there and has choices, those of `only` among them. */
export function checkChoices(
  checker: Checker,
  protocol: Protocol,
  where: YamlPath,
  path: string,
  types: readonly string[],
  only: readonly string[] = [],
): boolean {
  const [instrumentId = '', fieldId = ''] = path.split('.');
  const instrument = protocol.instruments.find((one) => one.id === instrumentId);
  const instruments = protocol.instruments.map((one) => one.id);
  if (!checker.known(where, 'instrument', instrumentId, instruments)) return false;
  const ids = instrument?.fields.map((field) => field.id) ?? [];
  if (!checker.known(where, 'field', fieldId, ids, ` in \`${instrumentId}\``)) return false;
  const field = instrument?.fields.find((one) => one.id === fieldId);
  if (!field || !types.includes(field.type)) {
    const tip = `Name a field of type ${types.join(' or ')}.`;
    checker.add(where, 'not-choices', `\`${path}\` has no choices.`, tip);
    return false;
  }
  const codes = 'choices' in field ? field.choices.map((choice) => choice.code) : [];
  for (const [index, code] of only.entries())
    checker.known([...where.slice(0, -1), 'only', index], 'choice', code, codes);
  return true;
}
