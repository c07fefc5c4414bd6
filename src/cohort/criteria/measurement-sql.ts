/** The values that a criterion asks for of measurements, as SQL. Rules R81 and R82. */
import { type ConceptSet, type EventCriterion, unitConversion, type ValueLimits } from '../../protocol/index.ts';
import type { Parameter } from '../../records/index.ts';

/** The units that measurements of the records have, and how values go into the query. */
interface Asking {
  readonly units: readonly string[];
  bind(value: Parameter): string;
}

/**
 * What a result may be: from `low` to `high`; `<5` is anything below 5. The number beside an operator stands in the text
 * alone; a text without an operator (`1:80`, `5 to 10`) is no number.
 */
const BESIDE = `try_cast(regexp_extract(value_source_value, '-?\\d+(\\.\\d+)?') AS DOUBLE)`;
const NUMBER = `coalesce(value_as_number, CASE WHEN operator IS NOT NULL THEN ${BESIDE} END)`;
const LOW = `CASE WHEN operator IN ('<', '<=') THEN '-infinity'::DOUBLE ELSE ${NUMBER} END`;
const HIGH = `CASE WHEN operator IN ('>', '>=') THEN 'infinity'::DOUBLE ELSE ${NUMBER} END`;

/** Conditions of the rows of `measurement`; none where any value will do. */
export function valueConditions(
  to: Asking,
  { value, unit }: Pick<Extract<EventCriterion, { readonly measurement: string }>, 'value' | 'unit'>,
  set: ConceptSet,
): string[] {
  if (!value) return [];
  const wanted = unit ?? set.unit;
  const into = (number: string): string => (wanted === undefined ? number : converted(to, number, wanted, set));
  return [...limits(to, value, into), ...inRange(value)];
}

function limits(to: Pick<Asking, 'bind'>, value: ValueLimits, into: (number: string) => string): string[] {
  const [low, high] = [() => into(LOW), () => into(HIGH)];
  const bound = (limit: number): string => `${to.bind(limit)}::DOUBLE`;
  return [
    ...(value.above === undefined ? [] : [`${high()} > ${bound(value.above)}`]),
    ...(value.atLeast === undefined ? [] : [atLimit(high(), '>', '<', bound(value.atLeast))]),
    ...(value.below === undefined ? [] : [`${low()} < ${bound(value.below)}`]),
    ...(value.atMost === undefined ? [] : [atLimit(low(), '<', '>', bound(value.atMost))]),
  ];
}

/** A limit counts itself, but `<5` is not 5. */
function atLimit(number: string, beyond: string, open: string, limit: string): string {
  return `CASE WHEN operator = '${open}' THEN ${number} ${beyond} ${limit} ELSE ${number} ${beyond}= ${limit} END`;
}

/** In the unit that is asked for; null where the row's own cannot become it, or is not known. */
function converted({ bind, units }: Asking, number: string, unit: string, set: ConceptSet): string {
  const cases = units.flatMap((from) => {
    const by = unitConversion(from, unit, set.molarMass);
    return by ? [`WHEN ${bind(from)} THEN (${number}) * ${bind(by.factor)}::DOUBLE + ${bind(by.offset)}::DOUBLE`] : [];
  });
  return cases.length > 0 ? `CASE unit_source_value ${cases.join(' ')} END` : 'NULL::DOUBLE';
}

function inRange({ range }: ValueLimits): string[] {
  if (range === undefined) return [];
  if (range === 'high') return [`${HIGH} > range_high`];
  if (range === 'low') return [`${LOW} < range_low`];
  return [
    `${HIGH} >= coalesce(range_low, '-infinity')`,
    `${LOW} <= coalesce(range_high, 'infinity')`,
    'coalesce(range_low, range_high) IS NOT NULL',
  ];
}
