import type { Checker, Names } from './checker.ts';
import type { Protocol } from './schema.ts';
import type { ResponseRules } from './schema-response.ts';

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
