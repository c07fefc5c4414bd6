import { mentionsOf } from '../../analysis/index.ts';
import type { Protocol } from '../../protocol/index.ts';

/** What stands behind a value that is worked out. */
export interface Behind {
  /** The expression itself and those of every variable and computed field that it names, at whatever depth. */
  readonly expressions: readonly string[];
  /** Whether a field of free text is among what it asks. */
  readonly asksText: boolean;
}

/** Follows an expression about a subject, or about a record of an instrument, to its ground. */
export function expressionsBehind(protocol: Protocol, expression: string, instrument?: string): Behind {
  const seen = new Set<string>();
  let asksText = false;
  const follow = (text: string, record?: string): void => {
    if (seen.has(text)) return;
    seen.add(text);
    const { fields, names } = mentionsOf(protocol, text, record);
    for (const { instrument: id, field: name } of fields) {
      const field = protocol.instruments.find((one) => one.id === id)?.fields.find((one) => one.id === name);
      if (field?.type === 'computed') follow(field.value, id);
      asksText ||= field?.type === 'text';
    }
    for (const { id, value } of protocol.variables) if (names.includes(id)) follow(value);
  };
  follow(expression, instrument);
  return { expressions: [...seen], asksText };
}

const COUNTS = /\b(?:daysTo|monthsTo)\b/;
const FROM_A_DAY = /@\d|%study/;
const TAKES_APART =
  /\b(?:yearOf|monthOf|dayOf|hourOf|minuteOf|secondOf|timeOf|toString|substring|toInteger|toLong|toDecimal|toChars|split|replace|replaceMatches)\b/;

/** Whether a number worked out by these may be a date in disguise: it counts from a day of the calendar, or is a part of a date. */
export function mayTellDate(expressions: readonly string[]): boolean {
  const text = expressions.join('\n');
  return (COUNTS.test(text) && FROM_A_DAY.test(text)) || TAKES_APART.test(text);
}
