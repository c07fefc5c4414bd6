import { ChartproofError, nearest } from '../base/index.ts';
import type { Protocol } from './schema.ts';
import type { Field, Instrument } from './schema-instruments.ts';

/** The instrument of this id; `protocol.unknown-instrument` names the nearest. */
export function instrumentOf(protocol: Protocol, id: string): Instrument {
  const found = protocol.instruments.find((instrument) => instrument.id === id);
  return (
    found ??
    unknown(
      'instrument',
      id,
      protocol.instruments.map((instrument) => instrument.id),
    )
  );
}

/** The field of this id in an instrument; `protocol.unknown-field` names the nearest. */
export function fieldOf(instrument: Instrument, id: string): Field {
  const found = instrument.fields.find((field) => field.id === id);
  return (
    found ??
    unknown(
      'field',
      id,
      instrument.fields.map((field) => field.id),
    )
  );
}

function unknown(kind: 'instrument' | 'field', id: string, known: readonly string[]): never {
  const near = nearest(id, known);
  throw new ChartproofError(`protocol.unknown-${kind}`, `The protocol has no ${kind} \`${id}\`.`, {
    tip: near ? `Did you mean \`${near}\`?` : `It has: ${known.join(', ')}.`,
  });
}
