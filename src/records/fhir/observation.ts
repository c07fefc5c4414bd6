import { type DecodedRow, row } from '../rows.ts';
import { codingRows, conceptCode, conceptText } from './codings.ts';
import { dateAt, firstDate, periodAt } from './dates.ts';
import { booleanAt, type Fhir, listAt, numberAt, objectAt, textAt } from './elements.ts';
import { idOf, personAt, visitAt } from './references.ts';

/** Categories that say something of the person's life, not a measured value. */
const TOLD = new Set(['social-history', 'survey', 'activity', 'sdoh']);

/**
 * Observation: a measurement, or (social history, surveys) an observation. Each component is a row of its own, with the
 * id of `Observation/1#1`, `#2`, ...; a panel without a value of its own has only those.
 */
export function decodeObservation(observation: Fhir, name: string): DecodedRow[] {
  const person_id = personAt(observation, 'subject');
  const date = firstDate(
    dateAt(observation, 'effectiveDateTime'),
    dateAt(observation, 'effectiveInstant'),
    periodAt(observation, 'effectivePeriod').start,
    dateAt(observation, 'issued'),
  );
  const status = textAt(observation, 'status') ?? null;
  const visit_occurrence_id = visitAt(observation, 'encounter');
  const kind = listAt(observation, 'category')
    .map(conceptCode)
    .find((category) => category && TOLD.has(category));
  const rowsOf = (part: Fhir, id: string): DecodedRow[] => {
    const code = objectAt(part, 'code');
    const value = statedValue(part);
    const told = { status, visit_occurrence_id, person_id, value_source_value: value.text };
    const fact = kind
      ? row('observation', {
          observation_id: id,
          observation_date: date.day,
          observation_date_source: date.source,
          observation_kind: kind,
          observation_source_value: conceptText(code),
          ...told,
        })
      : row('measurement', {
          measurement_id: id,
          measurement_date: date.day,
          measurement_date_source: date.source,
          measurement_source_value: conceptText(code),
          value_as_number: value.number,
          operator: null,
          range_low: null,
          range_high: null,
          range_source_value: null,
          unit_source_value: value.unit,
          ...told,
        });
    return [fact, ...codingRows(kind ? 'observation' : 'measurement', id, person_id, [code])];
  };
  const components = listAt(observation, 'component');
  const own = components.length === 0 || statedValue(observation).text !== null;
  return [
    ...(own ? rowsOf(observation, idOf(name)) : []),
    ...components.flatMap((component, at) => rowsOf(component, idOf(`${name}#${at + 1}`))),
  ];
}

interface Value {
  readonly number: number | null;
  readonly unit: string | null;
  readonly text: string | null;
}

/** `Observation.value[x]`. A number with a comparator (`<5`) is not that number: it stays text. */
function statedValue(part: Fhir): Value {
  const quantity = objectAt(part, 'valueQuantity');
  const value = numberAt(quantity, 'value');
  if (value !== undefined) {
    const comparator = textAt(quantity, 'comparator');
    const unit = textAt(quantity, 'unit') ?? textAt(quantity, 'code') ?? null;
    return { number: comparator ? null : value, unit, text: `${comparator ?? ''}${value}` };
  }
  const integer = numberAt(part, 'valueInteger');
  if (integer !== undefined) return { number: integer, unit: null, text: String(integer) };
  const yes = booleanAt(part, 'valueBoolean');
  const range = objectAt(part, 'valueRange');
  const text =
    textAt(part, 'valueString') ??
    (yes === undefined ? undefined : String(yes)) ??
    conceptText(objectAt(part, 'valueCodeableConcept')) ??
    textAt(part, 'valueDateTime') ??
    textAt(part, 'valueTime') ??
    (range ? joined(range, 'low', '-', 'high') : undefined) ??
    joined(objectAt(part, 'valueRatio'), 'numerator', ':', 'denominator');
  return { number: null, unit: textAt(objectAt(range, 'low') ?? objectAt(range, 'high'), 'unit') ?? null, text };
}

function joined(parent: Fhir | undefined, first: string, sign: string, second: string): string | null {
  if (parent === undefined) return null;
  const sides = [first, second].map((side) => numberAt(objectAt(parent, side), 'value') ?? '');
  return sides.every((side) => side === '') ? null : sides.join(sign);
}
