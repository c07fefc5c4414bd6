import { parsePartialDate, type YamlPath } from '../base/index.ts';
import { checkSet } from './check-criteria.ts';
import { type Checker, type Names, type NameTree, PERSON, recordNames, STUDY } from './checker.ts';
import { takenNames } from './expression-vocabulary.ts';
import type { Protocol } from './schema.ts';
import type { Choice, Field, Instrument } from './schema-instruments.ts';

/** Ids are unique, repeat keys and search terms are there, expressions name fields of their record. */
export function checkInstruments(checker: Checker, protocol: Protocol): void {
  checker.unique(protocol.instruments, ['instruments']);
  for (const [at, instrument] of protocol.instruments.entries())
    checkInstrument(checker, protocol, instrument, ['instruments', at]);
  const ids = protocol.instruments.map((instrument) => instrument.id);
  if (!checker.known(['review', 'screening'], 'instrument', protocol.review.screening, ids)) return;
  const screening = protocol.instruments.find((instrument) => instrument.id === protocol.review.screening);
  if (screening?.repeats)
    checker.add(
      ['review', 'screening'],
      'repeats',
      'The screening instrument must not repeat.',
      'A candidate is screened in one record.',
    );
}

function checkInstrument(checker: Checker, protocol: Protocol, instrument: Instrument, path: YamlPath): void {
  checker.unique(instrument.fields, [...path, 'fields']);
  if (instrument.repeats) {
    const ids = instrument.fields.map((field) => field.id);
    checker.known([...path, 'repeats', 'key'], 'field', instrument.repeats.key, ids);
  }
  if ((takenNames as readonly string[]).includes(instrument.id))
    checker.add(
      [...path, 'id'],
      'taken-name',
      `\`${instrument.id}\` means something else in expressions.`,
      'Choose another id.',
    );
  const names: Names = {
    focus: recordNames(protocol, instrument.id),
    variables: { person: PERSON, study: STUDY, ...before(protocol, instrument) },
  };
  for (const [at, field] of instrument.fields.entries())
    checkField(checker, protocol, instrument, field, [...path, 'fields', at], names);
}

/** The instruments whose settled records an expression of this one sees: the screening and those that stand above it. */
function before(protocol: Protocol, instrument: Instrument): NameTree {
  const isScreening = instrument.id === protocol.review.screening;
  const above = protocol.instruments.slice(0, protocol.instruments.indexOf(instrument));
  const seen = protocol.instruments.filter(
    (one) => one !== instrument && !one.repeats && (one.id === protocol.review.screening || above.includes(one)),
  );
  return Object.fromEntries(isScreening ? [] : seen.map(({ id }) => [id, Object.keys(recordNames(protocol, id))]));
}

function checkField(
  checker: Checker,
  protocol: Protocol,
  instrument: Instrument,
  field: Field,
  path: YamlPath,
  names: Names,
): void {
  if (field.terms !== undefined) checkSet(checker, protocol, field.terms, [...path, 'terms'], 'terms');
  if (field.id.endsWith('_missing') && instrument.fields.some((other) => `${other.id}_missing` === field.id)) {
    const tip = 'Choose another id.';
    checker.add([...path, 'id'], 'taken-name', `\`${field.id}\` already says why the other field has no value.`, tip);
  }
  if (field.visible !== undefined) checker.expression([...path, 'visible'], field.visible, names);
  const withValue = { ...names, variables: { ...names.variables, value: undefined } };
  for (const [at, rule] of field.validate.entries())
    checker.expression([...path, 'validate', at, 'expression'], rule.expression, withValue);
  if (field.type === 'computed') checker.expression([...path, 'value'], field.value, names);
  if (field.type === 'choice' || field.type === 'choices') checkChoices(checker, field.choices, [...path, 'choices']);
  if (
    (field.type === 'integer' || field.type === 'decimal') &&
    (field.min ?? Number.NEGATIVE_INFINITY) > (field.max ?? Number.POSITIVE_INFINITY)
  ) {
    checker.add([...path, 'min'], 'impossible-window', 'No number is at least min and at most max.', 'Exchange them.');
  }
}

function checkChoices(checker: Checker, choices: readonly Choice[], path: YamlPath): void {
  for (const [at, { code }] of choices.entries()) {
    const place = [...path, at, 'code'];
    if (choices.findIndex((choice) => choice.code === code) !== at)
      checker.add(place, 'duplicate-id', `The choice \`${code}\` is there twice.`, 'Give each its own code.');
    if (parsePartialDate(code)) {
      const message = `The choice \`${code}\` would be taken for a date in expressions.`;
      checker.add(place, 'choice-date', message, `Add a letter to the code: \`y${code}\`.`);
    }
  }
}
