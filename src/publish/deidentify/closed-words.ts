import { expressionNames, type Protocol } from '../../protocol/index.ts';

const SEXES = ['female', 'male', 'other', 'unknown'];
/** What the dose of a treatment is of. */
const DOSES = ['day', 'time', 'strength'];

/**
 * The words that may stand in a released data set: those that the protocol itself says (codes of choices and categories, names of treatments, text
 * in its expressions), kinds of missing values, the sexes. Whatever else is text was said of a patient.
 */
export function closedWords(protocol: Protocol): ReadonlySet<string> {
  const fields = protocol.instruments.flatMap((instrument) => instrument.fields);
  const computed = fields.flatMap((field) => (field.type === 'computed' ? [field.value] : []));
  const expressions = [...computed, ...protocol.variables.map(({ value }) => value)];
  return new Set([
    ...SEXES,
    ...Object.keys(protocol.treatments),
    ...(Object.keys(protocol.treatments).length > 0 ? DOSES : []),
    ...fields.flatMap((field) => ('choices' in field ? field.choices.map(({ code }) => code) : [])),
    ...fields.flatMap((field) => (field.type === 'computed' ? [] : field.missing)),
    ...(protocol.response?.categories ?? []).map(({ code }) => code),
    ...expressions.flatMap((text) => expressionNames(text).literals.flatMap(textOfLiteral)),
  ]);
}

/** The text of a literal: `'high'` without its quotes; a date has none. */
export function textOfLiteral(literal: string): string[] {
  return literal.startsWith("'") ? [literal.slice(1, -1)] : [];
}
