import type { YamlPath } from '../base/index.ts';
import { checkBases, checkLimits, checkNumbers } from './check-response-limits.ts';
import type { Checker, Names } from './checker.ts';
import { alternativeRules } from './response-alternatives.ts';
import type { Protocol } from './schema.ts';
import type { ResponseRules } from './schema-response.ts';

/** The facts of a lesion that a category may ask for. */
const LESION =
  'assessments evaluable resolved regressed recurred persisted worsened last days change bestChange confirmed unconfirmed durable durationMonths recurredAfterMonths byPatient byProvider byMeasurement'.split(
    ' ',
  );

/** The assessments, the categories and the statuses of the response are there. */
export function checkResponse(checker: Checker, protocol: Protocol, rules: ResponseRules, names: Names): void {
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
      if (field !== undefined) checker.known([...path, role], 'field', field, known, ` in \`${id}\``);
    const choicesOf = (id?: string): string[] => {
      const field = instrument?.fields.find((one) => one.id === id);
      return field?.type === 'choice' ? field.choices.map((choice) => choice.code) : [];
    };
    checkStatuses(checker, rules.statuses, choicesOf(fields.status), ['response']);
    for (const alternative of alternativesOf(rules))
      checkStatuses(checker, alternative.rules.statuses, choicesOf(fields.status), alternative.path);
    checkBases(checker, rules, choicesOf(fields.basis));
    checkNumbers(checker, rules, instrument?.fields ?? []);
  }
  checkDefinition(checker, rules, names, ['response']);
  checkAlternativeIds(checker, protocol, rules);
  for (const alternative of alternativesOf(rules)) checkDefinition(checker, alternative.rules, names, alternative.path);
}

/** The rows of the sensitivity table that are there besides the alternatives. */
const ROWS = ['declared', 'worst-case', 'complete-case', 'best-case'];

/** Its columns besides the categories. */
const COLUMNS = ['responders', 'total', 'percent'];

/** Alternatives become rows of a table `sensitivity`, whose other names are taken. */
function checkAlternativeIds(checker: Checker, { tables }: Protocol, { alternatives = [] }: ResponseRules): void {
  checker.unique(alternatives, ['response', 'alternatives']);
  for (const [at, { id }] of alternatives.entries()) {
    if (!ROWS.includes(id)) continue;
    const message = `\`${id}\` is a row of the sensitivity table already.`;
    checker.add(['response', 'alternatives', at, 'id'], 'taken-name', message, 'Choose another id.');
  }
  const at = tables.findIndex((table) => table.id === 'sensitivity');
  if (alternatives.length === 0 || at === -1) return;
  const message = 'The alternatives of the response make a table `sensitivity` of their own.';
  checker.add(['tables', at, 'id'], 'taken-name', message, 'Choose another id.');
}

/** Each alternative as it stands after its changes. What it took over has been told once at its own place. */
function alternativesOf(rules: ResponseRules): { readonly rules: ResponseRules; readonly path: YamlPath }[] {
  return (rules.alternatives ?? []).map((one, at) => ({
    rules: alternativeRules(rules, one),
    path: ['response', 'alternatives', at],
  }));
}

function checkDefinition(checker: Checker, rules: ResponseRules, names: Names, path: YamlPath): void {
  checker.expression([...path, 'start'], rules.start, names);
  const lesion: Names = { focus: Object.fromEntries(LESION.map((name) => [name, undefined])), variables: {} };
  for (const [at, category] of rules.categories.entries()) {
    if (category.when !== undefined) checker.expression([...path, 'categories', at, 'when'], category.when, lesion);
  }
  const codes = rules.categories.map((category) => category.code);
  for (const [at, code] of codes.entries()) {
    if (codes.indexOf(code) === at) continue;
    const message = `The category \`${code}\` is there twice.`;
    checker.add([...path, 'categories', at, 'code'], 'duplicate-id', message, 'Give each its own code.');
  }
  for (const [at, code] of codes.entries()) {
    if (!COLUMNS.includes(code)) continue;
    const message = `\`${code}\` is a column of the table of other definitions already.`;
    checker.add([...path, 'categories', at, 'code'], 'taken-name', message, 'Choose another code.');
  }
  checker.known([...path, 'unknown'], 'category', rules.unknown, codes);
  for (const [at, code] of rules.responders.entries())
    checker.known([...path, 'responders', at], 'category', code, codes);
  checkLimits(checker, rules, names, path, codes);
}

function checkStatuses(
  checker: Checker,
  statuses: ResponseRules['statuses'],
  choices: readonly string[],
  path: YamlPath,
): void {
  for (const code of choices.filter((choice) => statuses[choice] === undefined)) {
    checker.add(
      [...path, 'statuses'],
      'status',
      `The choice \`${code}\` of the status field has no meaning here.`,
      `Add \`${code}:\` with one of the engine's statuses.`,
    );
  }
  for (const code of Object.keys(statuses))
    checker.known([...path, 'statuses', code], 'choice of the status field', code, choices);
}
