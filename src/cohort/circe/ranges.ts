/** Ranges of dates, values and ages: ATLAS's operators, and our limits. Rule R129. */
import { dayNumber, dayOfNumber, dayRange, type PartialDate } from '../../base/index.ts';
import type { AgeLimits, EventCriterion, Protocol, ValueLimits } from '../../protocol/index.ts';
import type { DateRange, NumericRange } from './schema.ts';

type During = Exclude<EventCriterion['during'], 'period' | undefined>;
type Ages = Pick<AgeLimits, 'min' | 'max'>;

/** The days of a date range; `undefined` where it says which days are not meant, or lacks its end. */
export function daysOfRange({ Value, Op, Extent }: DateRange): During | undefined {
  const day = (later = 0) => dayOfNumber(dayNumber(Value) + later) as PartialDate;
  if (Op === 'gte') return { from: day() };
  if (Op === 'gt') return { from: day(1) };
  if (Op === 'lte') return { to: day() };
  if (Op === 'lt') return { to: day(-1) };
  if (Op === 'eq') return { from: day(), to: day() };
  return Op === 'bt' && Extent ? { from: day(), to: Extent as PartialDate } : undefined;
}

/** The date range of a window; `undefined` where it is open on both sides. */
export function rangeOfDays(
  during: EventCriterion['during'],
  { period }: Pick<Protocol, 'period'>,
): DateRange | undefined {
  const { from, to } = during === 'period' ? { from: period.start, to: period.end } : (during ?? {});
  const [first, last] = [from && dayRange(from).earliest, to && dayRange(to).latest];
  if (first !== undefined)
    return last === undefined ? { Value: first, Op: 'gte' } : { Value: first, Extent: last, Op: 'bt' };
  return last === undefined ? undefined : { Value: last, Op: 'lte' };
}

/** The limits of a range of values; `undefined` where it says which values are not meant, or lacks its end. */
export function limitsOfRange({ Value, Op, Extent }: NumericRange): ValueLimits | undefined {
  if (Op === 'gt') return { above: Value };
  if (Op === 'gte') return { atLeast: Value };
  if (Op === 'lt') return { below: Value };
  if (Op === 'lte') return { atMost: Value };
  if (Op === 'eq') return { atLeast: Value, atMost: Value };
  return Op === 'bt' && typeof Extent === 'number' ? { atLeast: Value, atMost: Extent } : undefined;
}

/** The range of limits; `undefined` where ATLAS has no operator for both of them, or there is none. */
export function rangeOfLimits({ above, atLeast, below, atMost, range }: ValueLimits): NumericRange | undefined {
  const given = [above, atLeast, below, atMost].filter((limit) => limit !== undefined);
  if (range !== undefined) return undefined;
  if (given.length === 2 && atLeast !== undefined && atMost !== undefined)
    return { Value: atLeast, Extent: atMost, Op: 'bt' };
  if (given.length !== 1) return undefined;
  if (above !== undefined) return { Value: above, Op: 'gt' };
  if (atLeast !== undefined) return { Value: atLeast, Op: 'gte' };
  if (below !== undefined) return { Value: below, Op: 'lt' };
  return { Value: atMost ?? 0, Op: 'lte' };
}

/** The ages of a range, in whole years, and whether it is the others that are meant; `undefined` where it lacks its end. */
export function agesOfRange({
  Value,
  Op,
  Extent,
}: NumericRange): { readonly ages: Ages; readonly isOthers: boolean } | undefined {
  const years = Math.trunc(Value);
  const these = (ages: Ages, isOthers = false) => ({ ages, isOthers });
  if (Op === 'gte') return these({ min: years });
  if (Op === 'gt') return these({ min: years + 1 });
  if (Op === 'lte') return these({ max: years });
  if (Op === 'lt') return these({ max: years - 1 });
  const isOthers = Op === '!eq' || Op === '!bt';
  if (Op === 'eq' || Op === '!eq') return these({ min: years, max: years }, isOthers);
  return typeof Extent === 'number' ? these({ min: years, max: Math.trunc(Extent) }, isOthers) : undefined;
}

/** The range of ages; `undefined` where neither end is given, or one is no whole number. */
export function rangeOfAges({ min, max }: Ages): NumericRange | undefined {
  if (!Number.isInteger(min ?? 0) || !Number.isInteger(max ?? 0)) return undefined;
  if (min !== undefined) return max === undefined ? { Value: min, Op: 'gte' } : { Value: min, Extent: max, Op: 'bt' };
  return max === undefined ? undefined : { Value: max, Op: 'lte' };
}
