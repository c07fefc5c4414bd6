import type { YamlPath } from '../base/index.ts';
import { type Checker, type Names, PERSON, recordNames, STUDY } from './checker.ts';
import type { Protocol } from './schema.ts';
import type { AdverseEventRules, AdverseEventTableSpec, EventColumn } from './schema-adverse-events.ts';
import type { Field, Instrument } from './schema-instruments.ts';

/** What an expression may ask of one of `adverseEvents`. */
export const ADVERSE_EVENT: readonly string[] =
  'key term grade onset onsetDays action outcome causality serious related withdrawn'.split(' ');

const AT: YamlPath = ['adverseEvents'];
type FieldName = 'term' | 'grade' | 'onset' | 'action' | 'outcome' | 'causality';

/** Which kinds of fields may hold what. */
const TYPES: Readonly<Record<FieldName, readonly Field['type'][]>> = {
  term: ['choice', 'text'],
  grade: ['integer', 'choice'],
  onset: ['date'],
  action: ['choice', 'yesno'],
  outcome: ['choice'],
  causality: ['choice'],
};

/** The fields are there and of a kind that can hold what is looked for; every choice that must mean something does. */
export function checkAdverseEvents(
  checker: Checker,
  protocol: Protocol,
  rules: AdverseEventRules,
  subject: Names,
): void {
  const names: Names = { ...subject, focus: { ...subject.focus, adverseEvents: undefined } };
  if (rules.start !== undefined) checker.expression([...AT, 'start'], rules.start, names);
  const ids = protocol.instruments.map((one) => one.id);
  if (!checker.known([...AT, 'instrument'], 'instrument', rules.instrument, ids)) return;
  const instrument = protocol.instruments.find((one) => one.id === rules.instrument);
  if (!instrument) return;
  if (!instrument.repeats) {
    const message = `\`${rules.instrument}\` has one record a patient, not one an event.`;
    checker.add([...AT, 'instrument'], 'no-rows', message, 'Give it `repeats`.');
  }
  for (const name of Object.keys(TYPES) as FieldName[]) checkField(checker, instrument, rules, name);
  const row: Names = { focus: recordNames(protocol, instrument.id), variables: { person: PERSON, study: STUDY } };
  for (const name of ['serious', 'related'] as const)
    if (rules[name] !== undefined) checker.expression([...AT, name], rules[name], row);
}

function checkField(checker: Checker, instrument: Instrument, rules: AdverseEventRules, name: FieldName): void {
  const id = rules[name];
  if (id === undefined) {
    const needless = name === 'grade' ? 'grades' : name === 'action' ? 'actions' : undefined;
    if (needless && rules[needless])
      checker.add(
        [...AT, needless],
        'no-field',
        `\`${needless}\` explains a field that is not named.`,
        `Name \`${name}\`.`,
      );
    return;
  }
  const place = [...AT, name];
  const ids = instrument.fields.map((one) => one.id);
  if (!checker.known(place, 'field', id, ids, ` in \`${instrument.id}\``)) return;
  const field = instrument.fields.find((one) => one.id === id);
  if (!field) return;
  if (!TYPES[name].includes(field.type)) {
    const message = `\`${id}\` is a field of type ${field.type}, which cannot be the ${name}.`;
    checker.add(place, 'field-type', message, `Name one of type ${TYPES[name].join(' or ')}.`);
    return;
  }
  if (field.type === 'integer' && !((field.min ?? 0) >= 1 && (field.max ?? Infinity) <= 5))
    checker.add(place, 'grade', `\`${id}\` allows numbers that are no grade.`, 'Give the field `min: 1` and `max: 5`.');
  if (name === 'grade' && field.type === 'choice') checkMeanings(checker, 'grades', rules.grades, codesOf(field));
  if (name === 'grade' && field.type === 'integer' && rules.grades)
    checker.add([...AT, 'grades'], 'no-field', `\`${id}\` is a number and needs no \`grades\`.`, 'Leave them out.');
  if (name === 'action') checkMeanings(checker, 'actions', rules.actions, codesOf(field));
}

function codesOf(field: Field): string[] {
  if (field.type === 'yesno') return ['true', 'false'];
  return 'choices' in field ? field.choices.map(({ code }) => code) : [];
}

/** Each choice has a meaning, and no meaning is of another choice. */
function checkMeanings(
  checker: Checker,
  name: 'grades' | 'actions',
  meanings: Readonly<Record<string, unknown>> = {},
  codes: readonly string[],
): void {
  const place = [...AT, name];
  for (const code of Object.keys(meanings)) checker.known([...place, code], 'choice', code, codes);
  const without = codes.filter((code) => meanings[code] === undefined);
  if (without.length === 0) return;
  const message = `\`${name}\` does not say what ${without.map((code) => `\`${code}\``).join(', ')} means.`;
  checker.add(place, 'no-meaning', message, 'Give each choice its meaning.');
}

/** What columns and parts need to be declared. */
const NEEDS: Readonly<Partial<Record<string, keyof AdverseEventRules>>> = {
  ...Object.fromEntries(
    ['grade', 'grade-1', 'grade-2', 'grade-3', 'grade-4', 'grade-5', 'grade-unknown', 'grade-3-up'].map((name) => [
      name,
      'grade',
    ]),
  ),
  serious: 'serious',
  related: 'related',
  withdrawn: 'action',
  action: 'action',
  outcome: 'outcome',
  causality: 'causality',
  onset: 'onset',
};

/** A table of adverse events asks for what the study says of them. */
export function checkAdverseEventTable(
  checker: Checker,
  { adverseEvents: rules }: Protocol,
  table: AdverseEventTableSpec,
  path: YamlPath,
  names: Names,
): void {
  if (table.population !== undefined) checker.expression([...path, 'population'], table.population, names);
  if (!rules) {
    const message = 'A table of adverse events needs the part `adverseEvents`.';
    checker.add([...path, 'kind'], 'unknown-name', message, 'Add it: which instrument holds the events.');
    return;
  }
  const event: Names = {
    focus: Object.fromEntries(ADVERSE_EVENT.map((name) => [name, undefined])),
    variables: { study: STUDY },
  };
  if (table.events !== undefined) checker.expression([...path, 'events'], table.events, event);
  for (const key of ['columns', 'parts'] as const) {
    const asked: readonly (EventColumn | string)[] = table[key] ?? [];
    const of = key === 'columns' ? 'patients' : 'events';
    if (asked.length > 0 && table.count !== of)
      checker.add([...path, key], 'no-use', `\`${key}\` belong to a table that counts ${of}.`, 'Leave them out.');
    for (const [at, name] of asked.entries()) {
      const place = [...path, key, at];
      if (asked.indexOf(name) !== at)
        checker.add(place, 'duplicate-id', `\`${name}\` is there twice.`, 'Name it once.');
      const need = NEEDS[name];
      if (!need || rules[need] !== undefined) continue;
      checker.add(
        place,
        'unknown-name',
        `\`${name}\` needs \`adverseEvents.${need}\`.`,
        'Declare it, or leave this out.',
      );
    }
  }
}
