import type { YamlPath } from '../base/index.ts';
import { type Checker, type Names, recordNames } from './checker.ts';
import type { Protocol } from './schema.ts';
import type { Field, Instrument } from './schema-instruments.ts';

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
  const others = protocol.instruments.filter((one) => one !== instrument && !one.repeats).map((one) => one.id);
  const names: Names = { focus: recordNames(protocol, instrument.id), variables: ['person', 'study', ...others] };
  for (const [at, field] of instrument.fields.entries())
    checkField(checker, protocol, field, [...path, 'fields', at], names);
}

function checkField(checker: Checker, protocol: Protocol, field: Field, path: YamlPath, names: Names): void {
  if (field.terms !== undefined)
    checker.known([...path, 'terms'], 'concept set', field.terms, Object.keys(protocol.concepts));
  if (field.visible !== undefined) checker.expression([...path, 'visible'], field.visible, names);
  const withValue = { ...names, variables: [...names.variables, 'value'] };
  for (const [at, rule] of field.validate.entries())
    checker.expression([...path, 'validate', at, 'expression'], rule.expression, withValue);
  if (field.type === 'computed') checker.expression([...path, 'value'], field.value, names);
  if (field.type === 'choice' || field.type === 'choices') {
    for (const [at, { code }] of field.choices.entries()) {
      if (field.choices.findIndex((choice) => choice.code === code) === at) continue;
      checker.add(
        [...path, 'choices', at, 'code'],
        'duplicate-id',
        `The choice \`${code}\` is there twice.`,
        'Give each its own code.',
      );
    }
  }
  if (
    (field.type === 'integer' || field.type === 'decimal') &&
    (field.min ?? 0) > (field.max ?? Number.POSITIVE_INFINITY)
  ) {
    checker.add([...path, 'min'], 'impossible-window', 'No number is at least min and at most max.', 'Exchange them.');
  }
}
