/** What was observed, and what would be usual: of an Observation or of one of its components. */
import { conceptCode, conceptText } from './codings.ts';
import { unitOf } from './dosage.ts';
import { booleanAt, type Fhir, listAt, numberAt, objectAt, textAt } from './elements.ts';

/** A value as a number where it is one, and as text. */
export interface ObservedValue {
  readonly number: number | null;
  /** `<`, `<=`, `>=`, `>`. */
  readonly operator: string | null;
  readonly unit: string | null;
  readonly text: string | null;
}

/** `Observation.value[x]`. A number with a comparator (`<5`) is not that number: it stays text. */
export function statedValue(part: Fhir): ObservedValue {
  const quantity = objectAt(part, 'valueQuantity');
  const value = numberAt(quantity, 'value');
  if (value !== undefined) {
    const operator = textAt(quantity, 'comparator') ?? null;
    return {
      number: operator === null ? value : null,
      operator,
      unit: unitOf(quantity),
      text: `${operator ?? ''}${value}`,
    };
  }
  const integer = numberAt(part, 'valueInteger');
  if (integer !== undefined) return { number: integer, operator: null, unit: null, text: String(integer) };
  const range = objectAt(part, 'valueRange');
  const unit = unitOf(objectAt(range, 'low') ?? objectAt(range, 'high'));
  return { number: null, operator: null, unit, text: valueText(part) };
}

function valueText(part: Fhir): string | null {
  const yes = booleanAt(part, 'valueBoolean');
  const period = objectAt(part, 'valuePeriod');
  return (
    textAt(part, 'valueString') ??
    (yes === undefined ? undefined : String(yes)) ??
    conceptText(objectAt(part, 'valueCodeableConcept')) ??
    textAt(part, 'valueDateTime') ??
    textAt(part, 'valueTime') ??
    sides(numberIn(part, 'valueRange', 'low'), '-', numberIn(part, 'valueRange', 'high')) ??
    sides(numberIn(part, 'valueRatio', 'numerator'), ':', numberIn(part, 'valueRatio', 'denominator')) ??
    sides(textAt(period, 'start'), '/', textAt(period, 'end'))
  );
}

function numberIn(part: Fhir, name: string, side: string): number | undefined {
  return numberAt(objectAt(objectAt(part, name), side), 'value');
}

type Side = number | string | undefined;

function sides(first: Side, sign: string, second: Side): string | null {
  return first === undefined && second === undefined ? null : `${first ?? ''}${sign}${second ?? ''}`;
}

interface ReferenceRange {
  readonly range_low: number | null;
  readonly range_high: number | null;
  readonly range_source_value: string | null;
}

const NO_RANGE: ReferenceRange = { range_low: null, range_high: null, range_source_value: null };

/**
 * The reference range that is for everybody: the first that is not for some persons (`appliesTo`, `age`) and of no other type
 * than normal. Its limits are numbers where they are in the unit of the value.
 */
export function referenceRange(part: Fhir): ReferenceRange {
  const ranges = listAt(part, 'referenceRange');
  const range = ranges.length === 0 ? undefined : ranges.find(isForEverybody);
  if (range === undefined) return NO_RANGE;
  const [low, high] = [objectAt(range, 'low'), objectAt(range, 'high')];
  const stated = sides(numberAt(low, 'value'), '-', numberAt(high, 'value'));
  const own = unitOf(low) ?? unitOf(high);
  const text = textAt(range, 'text') ?? (stated === null || own === null ? stated : `${stated} ${own}`);
  const value = objectAt(part, 'valueQuantity');
  const limit = (side: Fhir | undefined): number | null =>
    isSameUnit(side, value) ? (numberAt(side, 'value') ?? null) : null;
  return { range_low: limit(low), range_high: limit(high), range_source_value: text };
}

/** Where one has no unit, it is that of the other. */
function isSameUnit(side: Fhir | undefined, value: Fhir | undefined): boolean {
  const [ours, theirs] = [unitsOf(side), unitsOf(value)];
  return ours.length === 0 || theirs.length === 0 || ours.some((unit) => theirs.includes(unit));
}

function unitsOf(quantity: Fhir | undefined): readonly string[] {
  return [textAt(quantity, 'unit'), textAt(quantity, 'code')].filter((unit) => unit !== undefined);
}

function isForEverybody(range: Fhir): boolean {
  const type = objectAt(range, 'type');
  const isNormal = type === undefined || NORMAL.has(conceptCode(type) ?? '');
  return isNormal && listAt(range, 'appliesTo').length === 0 && objectAt(range, 'age') === undefined;
}

/** HL7 referencerange-meaning. */
const NORMAL: ReadonlySet<string> = new Set(['normal', 'normal-range']);
