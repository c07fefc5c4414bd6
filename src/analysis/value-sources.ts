/** Which fields of which instruments an expression looks at. */
import { instrumentOf, type Protocol } from '../protocol/index.ts';

/** A field by its address. */
export interface FieldSource {
  readonly instrument: string;
  readonly field: string;
}

const STRING = /'(?:[^'\\]|\\.)*'/g;
const PATH = /%?[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*/g;

/** The fields that stand in the expression itself (`baseline.sites`, `baseline.sites_missing`). */
export function fieldsNamed(protocol: Protocol, expression: string): FieldSource[] {
  const words = expression.replaceAll(STRING, "''");
  const found = protocol.instruments.flatMap((instrument) => {
    const path = new RegExp(`(?<![\\w%.])${instrument.id}\\b(?:\\s*\\.\\s*(\\w+))?`, 'g');
    return [...words.matchAll(path)].flatMap(([, name]) => {
      const one = instrument.fields.find((field) => field.id === name || `${field.id}_missing` === name);
      if (one) return [{ instrument: instrument.id, field: one.id }];
      // `adverse_event.where(grade > 2)`: the fields of the row stand alone in the argument.
      const inside = instrument.fields.filter((field) => new RegExp(`(?<![\\w%.])${field.id}\\b`).test(words));
      return inside.map((field) => ({ instrument: instrument.id, field: field.id }));
    });
  });
  return unique(found);
}

/** {@link fieldsNamed}, followed through variables, computed fields and the response down to what reviewers enter. */
export function fieldsBehind(protocol: Protocol, expression: string): FieldSource[] {
  const seen = new Set<string>();
  const follow = (text: string): FieldSource[] => {
    if (seen.has(text)) return [];
    seen.add(text);
    const names = new Set(
      [...text.replaceAll(STRING, "''").matchAll(PATH)].map(([path]) => path.split(/\s*\.\s*/)[0] ?? ''),
    );
    const variables = protocol.variables
      .filter((variable) => names.has(variable.id))
      .flatMap((variable) => follow(variable.value));
    const response = names.has('response') ? responseFields(protocol, follow) : [];
    const fields = fieldsNamed(protocol, text).flatMap((source) => entered(protocol, source, follow));
    return [...fields, ...variables, ...response];
  };
  return unique(follow(expression));
}

/** The field, or where it is computed, the fields of its record that its expression names. */
function entered(protocol: Protocol, source: FieldSource, follow: (text: string) => FieldSource[]): FieldSource[] {
  const { fields } = instrumentOf(protocol, source.instrument);
  const field = fields.find((one) => one.id === source.field);
  if (field?.type !== 'computed') return [source];
  const words = field.value.replaceAll(STRING, "''");
  const own = fields.filter((one) => one.id !== field.id && new RegExp(`(?<![\\w%.])${one.id}\\b`).test(words));
  const inside = own.flatMap((one) => entered(protocol, { ...source, field: one.id }, follow));
  return [...inside, ...follow(words.replaceAll('%', ''))];
}

function responseFields(protocol: Protocol, follow: (text: string) => FieldSource[]): FieldSource[] {
  if (!protocol.response) return [];
  const { instrument, ...fields } = protocol.response.assessments;
  return [...Object.values(fields).map((field) => ({ instrument, field })), ...follow(protocol.response.start)];
}

function unique(sources: readonly FieldSource[]): FieldSource[] {
  return [...new Map(sources.map((source) => [`${source.instrument}.${source.field}`, source])).values()];
}
