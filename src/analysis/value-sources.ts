/** Which fields stand behind an expression, down to those that reviewers enter. Rules R5 and R9 of SPEC.md. */
import { instrumentOf, type Protocol, type TreatmentRules } from '../protocol/index.ts';
import { type FieldSource, type Mentions, mentionsOf } from './expression-mentions.ts';

/** What decides an expression. Fields are those that reviewers enter, each once. */
export interface Sources {
  /** Named in the expression, or in a variable or a computed field that it names. */
  readonly fields: readonly FieldSource[];
  /** Instruments asked for as a whole, such as `visit.exists()`. */
  readonly instruments: readonly string[];
  /** Whether the response is asked for. */
  readonly response: boolean;
  /** Ids of the treatments asked for, and of those that they are told relative to. */
  readonly treatments: readonly string[];
  /** Whether the adverse events are asked for. */
  readonly adverseEvents: boolean;
}

/** Follows an expression about a subject, or about a record of an instrument, through variables and computed fields. */
export function sourcesOf(protocol: Protocol, expression: string, instrument?: string): Sources {
  const seen = new Set<string>();
  const fields: FieldSource[] = [];
  const instruments: string[] = [];
  const treatments = new Set<string>();
  let response = false;
  let adverseEvents = false;

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
    adverseEvents ||= mentions.names.includes('adverseEvents');
    for (const id of mentions.treatments) followTreatment(id);
  };
  const followTreatment = (id: string): void => {
    if (treatments.has(id)) return;
    treatments.add(id);
    const { statements, relativeTo } = protocol.treatments[id] ?? {};
    if (statements) {
      fields.push(...statedFields(statements));
      if (statements.when !== undefined) follow(statements.when, statements.instrument);
    }
    for (const text of [relativeTo?.start, relativeTo?.stop]) if (text !== undefined) follow(text);
  };

  follow(expression, instrument);
  return {
    fields: unique(fields),
    instruments: [...new Set(instruments)],
    response,
    treatments: [...treatments],
    adverseEvents,
  };
}

function statedFields(statements: NonNullable<TreatmentRules['statements']>): FieldSource[] {
  const { instrument, start, stop, dose, frequency, amount, refills } = statements;
  return [start, stop, dose, frequency, amount, refills].flatMap((field) =>
    field === undefined ? [] : [{ instrument, field }],
  );
}

/** Every field that a reader must see to follow an expression: its sources, those of the response, those of whole rows. */
export function fieldsBehind(protocol: Protocol, expression: string): FieldSource[] {
  const { fields, instruments, response, adverseEvents } = sourcesOf(protocol, expression);
  const whole = instruments.flatMap((id) => entered(protocol, id));
  const told = [...(response ? responseFields(protocol) : []), ...(adverseEvents ? eventFields(protocol) : [])];
  return unique([...fields, ...whole, ...told]);
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

/** Of the events themselves and of the day from which theirs are counted. */
function eventFields(protocol: Protocol): FieldSource[] {
  const { adverseEvents: rules, response } = protocol;
  if (!rules) return [];
  const { instrument, term, grade, onset, action, outcome, causality, serious, related } = rules;
  const named = [term, grade, onset, action, outcome, causality].filter((field) => field !== undefined);
  const asked = [serious, related].flatMap((text) => (text ? sourcesOf(protocol, text, instrument).fields : []));
  const start = onset === undefined ? undefined : (rules.start ?? response?.start);
  const day = start === undefined ? [] : sourcesOf(protocol, start).fields;
  return [...named.map((field) => ({ instrument, field })), ...asked, ...day];
}

function unique(sources: readonly FieldSource[]): FieldSource[] {
  return [...new Map(sources.map((source) => [`${source.instrument}.${source.field}`, source])).values()];
}
