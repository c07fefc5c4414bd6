import type { YamlPath } from '../base/index.ts';
import type { Checker, Names } from './checker.ts';
import type { Protocol } from './schema.ts';
import type { TableSpec } from './schema-tables.ts';
import { expandTableRows } from './table-rows.ts';

/** Columns and rows speak of what is there; no two have the same id. */
export function checkTable(checker: Checker, protocol: Protocol, table: TableSpec, path: YamlPath, names: Names): void {
  if (table.population !== undefined) checker.expression([...path, 'population'], table.population, names);
  for (const [at, column] of table.columns.entries()) {
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
    for (const [r, row] of group.rows.entries()) {
      const at = [...path, 'groups', g, 'rows', r];
      if ('choicesOf' in row) sound = checkChoices(checker, protocol, row.choicesOf, row.only ?? [], at) && sound;
      else if ('summary' in row) checker.expression([...at, 'summary'], row.summary, names);
      else {
        checker.expression([...at, 'when'], row.when, names);
        for (const [i, inner] of (row.rows ?? []).entries())
          checker.expression([...at, 'rows', i, 'when'], inner.when, names);
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
    for (const id of 'responses' in column ? categories : [column.id]) {
      if (seen.has(id)) {
        const place = 'responses' in column ? [...path, 'columns', at] : [...path, 'columns', at, 'id'];
        checker.add(place, 'duplicate-id', `Two columns have the id \`${id}\`.`, 'Give each its own id.');
      }
      seen.add(id);
    }
  }
}

/** The field of `choicesOf` is there and has choices, those of `only` among them. */
export function checkChoices(
  checker: Checker,
  protocol: Protocol,
  path: string,
  only: readonly string[],
  at: YamlPath,
): boolean {
  const [instrumentId = '', fieldId = ''] = path.split('.');
  const instrument = protocol.instruments.find((one) => one.id === instrumentId);
  const where = [...at, 'choicesOf'];
  if (
    !checker.known(
      where,
      'instrument',
      instrumentId,
      protocol.instruments.map((one) => one.id),
    )
  )
    return false;
  const ids = instrument?.fields.map((field) => field.id) ?? [];
  if (!checker.known(where, 'field', fieldId, ids, ` in \`${instrumentId}\``)) return false;
  const field = instrument?.fields.find((one) => one.id === fieldId);
  if (field?.type !== 'choice' && field?.type !== 'choices') {
    checker.add(where, 'not-choices', `\`${path}\` has no choices.`, 'Name a field of type choice or choices.');
    return false;
  }
  const codes = field.choices.map((choice) => choice.code);
  for (const [index, code] of only.entries()) checker.known([...at, 'only', index], 'choice', code, codes);
  return true;
}
