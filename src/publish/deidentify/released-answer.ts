import { mentionsOf } from '../../analysis/index.ts';
import type { Protocol } from '../../protocol/index.ts';
import { expressionsBehind, mayTellDate } from './expressions-behind.ts';
import { isOver89, topCode, yearsPerUnit } from './time-span.ts';

/** A function that makes of a subject's answer to an expression what may leave; `printed` is how its number is printed. */
export function answerRelease(
  protocol: Protocol,
  text: string,
  printed: { readonly label: string; readonly unit?: string | undefined },
): (answer: number | boolean | null) => number | boolean | string {
  const { expressions, asksText } = expressionsBehind(protocol, text);
  const tellsDate = mayTellDate(expressions);
  const units = [printed.unit, ...unitsOf(protocol, text)];
  const years = units.map((unit) => yearsPerUnit({ name: '', label: printed.label, type: '', unit }, expressions));
  const [largest] = years.filter((one) => one !== undefined).sort((a, b) => b - a);
  return (answer) => {
    if (typeof answer === 'boolean') return answer;
    if (answer === null) return '';
    if (tellsDate || asksText) return '';
    return largest !== undefined && isOver89(answer, largest) ? topCode(largest) : answer;
  };
}

/** The units of the fields and variables that the expression names. */
function unitsOf(protocol: Protocol, text: string): (string | undefined)[] {
  const { fields, names } = mentionsOf(protocol, text);
  const variables = protocol.variables.filter(({ id }) => names.includes(id)).map(({ unit }) => unit);
  const mentioned = fields.flatMap(({ instrument, field }) =>
    protocol.instruments
      .filter(({ id }) => id === instrument)
      .flatMap((one) => one.fields.filter(({ id }) => id === field)),
  );
  return [...variables, ...mentioned.map((field) => ('unit' in field ? field.unit : undefined))];
}
