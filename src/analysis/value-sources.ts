/** Which fields stand behind an expression, down to those that reviewers enter. Rules R5 and R9 of SPEC.md. */
import { instrumentOf, type Protocol } from '../protocol/index.ts';
import { type FieldSource, type Mentions, mentionsOf } from './expression-mentions.ts';

/** What decides an expression. Fields are those that reviewers enter, each once. */
export interface Sources {
  /** Named in the expression, or in a variable or a computed field that it names. */
  readonly fields: readonly FieldSource[];
  /** Instruments asked for as a whole, such as `visit.exists()`. */
  readonly instruments: readonly string[];
  /** Whether the response is asked for. */
  readonly response: boolean;
}

/** Follows an expression about a subject, or about a record of an instrument, through variables and computed fields. */
export function sourcesOf(protocol: Protocol, expression: string, instrument?: string): Sources {
  const seen = new Set<string>();
  const fields: FieldSource[] = [];
  const instruments: string[] = [];
  let response = false;

  const follow = (text: string, record?: string): void => {
    const key = `${record ?? ''} ${text}`;
    if (seen.has(key)) return;
    seen.add(key);
    take(mentionsOf(protocol, text, record));
  };
  const take = (mentions: Mentions): void => {
    for (const source of mentions.fields) {
      const field = instrumentOf(protocol, source.instrument).fields.find((one) => one.id === source.field);
      if (field?.type === 'computed') follow(field.value, source.instrument);
      else fields.push(source);
    }
    instruments.push(...mentions.instruments);
    for (const { id, value } of protocol.variables) if (mentions.names.includes(id)) follow(value);
    response ||= mentions.names.includes('response');
  };

  follow(expression, instrument);
  return { fields: unique(fields), instruments: [...new Set(instruments)], response };
}

/** Every field that a reader must see to follow an expression: its sources, those of the response, those of whole rows. */
export function fieldsBehind(protocol: Protocol, expression: string): FieldSource[] {
  const { fields, instruments, response } = sourcesOf(protocol, expression);
  const whole = instruments.flatMap((id) => entered(protocol, id));
  return unique([...fields, ...whole, ...(response ? responseFields(protocol) : [])]);
}

function entered(protocol: Protocol, instrument: string): FieldSource[] {
  const fields = instrumentOf(protocol, instrument).fields.filter((field) => field.type !== 'computed');
  return fields.map((field) => ({ instrument, field: field.id }));
}

function responseFields(protocol: Protocol): FieldSource[] {
  if (!protocol.response) return [];
  const { instrument, ...fields } = protocol.response.assessments;
  const assessed = Object.values(fields).flatMap((field) => (field === undefined ? [] : [{ instrument, field }]));
  return [...assessed, ...sourcesOf(protocol, protocol.response.start).fields];
}

function unique(sources: readonly FieldSource[]): FieldSource[] {
  return [...new Map(sources.map((source) => [`${source.instrument}.${source.field}`, source])).values()];
}
