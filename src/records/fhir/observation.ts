import { type DecodedRow, row } from '../rows.ts';
import { codingRows, conceptCode, conceptText } from './codings.ts';
import { dateAt, firstDate, periodAt } from './dates.ts';
import { type Fhir, listAt, objectAt, textAt } from './elements.ts';
import { referenceRange, statedValue } from './observed-value.ts';
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
  const kind = toldKind(listAt(observation, 'category'));
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
          operator: value.operator,
          ...referenceRange(part),
          unit_source_value: value.unit,
          ...told,
        });
    return [fact, ...codingRows(kind ? 'observation' : 'measurement', id, person_id, [code])];
  };
  const components = listAt(observation, 'component');
  if (components.length === 0) return rowsOf(observation, idOf(name));
  const hasOwn = statedValue(observation).text !== null;
  return [
    ...(hasOwn ? rowsOf(observation, idOf(name)) : []),
    ...components.flatMap((component, at) => rowsOf(component, idOf(`${name}#${at + 1}`))),
  ];
}

function toldKind(categories: readonly Fhir[]): string | undefined {
  for (const category of categories) {
    const code = conceptCode(category);
    if (code !== null && TOLD.has(code)) return code;
  }
  return undefined;
}
