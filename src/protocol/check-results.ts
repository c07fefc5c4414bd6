import type { YamlPath } from '../base/index.ts';
import { type Checker, type Names, PERSON, recordNames, STUDY } from './checker.ts';
import { takenNames } from './expression-vocabulary.ts';
import type { Protocol } from './schema.ts';
import type { ResponseRules, TableSpec } from './schema-results.ts';
import { expandTableRows } from './table-rows.ts';

const LESION = [
  'assessments',
  'evaluable',
  'resolved',
  'regressed',
  'recurred',
  'persisted',
  'worsened',
  'last',
  'days',
];

/** Response rules, variables, tables and statistics speak of what is there. */
export function checkResults(checker: Checker, protocol: Protocol): void {
  let names = subjectNames(protocol);
  if (protocol.response) checkResponse(checker, protocol, protocol.response, names);
  checker.unique(protocol.variables, ['variables']);
  for (const [at, variable] of protocol.variables.entries()) {
    checker.expression(['variables', at, 'value'], variable.value, names);
    const taken = [...takenNames, ...protocol.instruments.map((instrument) => instrument.id)];
    if (taken.includes(variable.id)) {
      const message = `\`${variable.id}\` means something else in expressions.`;
      checker.add(['variables', at, 'id'], 'taken-name', message, 'Choose another id.');
    }
    names = { ...names, focus: { ...names.focus, [variable.id]: undefined } };
  }
  if (protocol.analysed) checker.expression(['analysed', 'when'], protocol.analysed.when, names);
  checker.unique(protocol.tables, ['tables']);
  for (const [at, table] of protocol.tables.entries()) checkTable(checker, protocol, table, ['tables', at], names);
  checker.unique(protocol.figures, ['figures']);
  checker.unique(protocol.statistics, ['statistics']);
  for (const [at, statistic] of protocol.statistics.entries()) {
    checker.expression(['statistics', at, 'proportion'], statistic.proportion, names);
    if (statistic.of !== undefined) checker.expression(['statistics', at, 'of'], statistic.of, names);
  }
}

/** What an expression about a subject may name. */
function subjectNames(protocol: Protocol): Names {
  const instruments = protocol.instruments.map(({ id }) => [id, Object.keys(recordNames(protocol, id))] as const);
  const response = protocol.response ? { response: ['category', 'responder', 'monthsToResponse'] } : {};
  return {
    focus: { id: undefined, person: PERSON, ...Object.fromEntries(instruments), ...response },
    variables: { study: STUDY },
  };
}

function checkResponse(checker: Checker, protocol: Protocol, rules: ResponseRules, names: Names): void {
  const { instrument: id, ...fields } = rules.assessments;
  const path = ['response', 'assessments'];
  if (
    checker.known(
      [...path, 'instrument'],
      'instrument',
      id,
      protocol.instruments.map((one) => one.id),
    )
  ) {
    const instrument = protocol.instruments.find((one) => one.id === id);
    const known = instrument?.fields.map((field) => field.id) ?? [];
    for (const [role, field] of Object.entries(fields))
      checker.known([...path, role], 'field', field, known, ` in \`${id}\``);
    const status = instrument?.fields.find((field) => field.id === fields.status);
    checkStatuses(checker, rules, status?.type === 'choice' ? status.choices.map((choice) => choice.code) : []);
  }
  checker.expression(['response', 'start'], rules.start, names);
  const lesion: Names = { focus: Object.fromEntries(LESION.map((name) => [name, undefined])), variables: {} };
  for (const [at, category] of rules.categories.entries()) {
    if (category.when !== undefined) checker.expression(['response', 'categories', at, 'when'], category.when, lesion);
  }
  const codes = rules.categories.map((category) => category.code);
  for (const [at, code] of codes.entries()) {
    if (codes.indexOf(code) === at) continue;
    const message = `The category \`${code}\` is there twice.`;
    checker.add(['response', 'categories', at, 'code'], 'duplicate-id', message, 'Give each its own code.');
  }
  checker.known(['response', 'unknown'], 'category', rules.unknown, codes);
  for (const [at, code] of rules.responders.entries())
    checker.known(['response', 'responders', at], 'category', code, codes);
}

function checkStatuses(checker: Checker, rules: ResponseRules, choices: readonly string[]): void {
  for (const code of choices.filter((choice) => rules.statuses[choice] === undefined)) {
    checker.add(
      ['response', 'statuses'],
      'status',
      `The choice \`${code}\` of the status field has no meaning here.`,
      `Add \`${code}:\` with one of the engine's statuses.`,
    );
  }
  for (const code of Object.keys(rules.statuses))
    checker.known(['response', 'statuses', code], 'choice of the status field', code, choices);
}

function checkTable(checker: Checker, protocol: Protocol, table: TableSpec, path: YamlPath, names: Names): void {
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

function checkChoices(
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
