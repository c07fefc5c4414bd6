/** How far one event lies from another: ATLAS's windows of days, and our relations. Rule R125. */
import { type EventReference, type Relation, relatedTo } from '../../protocol/index.ts';
import type { CirceWindow } from './schema.ts';

/** Days from the other event to this one, both ends included: -30 to 0 is "at most 30 days before". An end may be open. */
export interface Lag {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** The lag seen from the other event. */
export function reversed({ from, to }: Lag): Lag {
  const negative = (days: number | undefined) => (days === undefined ? undefined : 0 - days);
  return { from: negative(to), to: negative(from) };
}

/** Whether the day of the other event itself is meant too. */
export function hasDayZero({ from = 0, to = 0 }: Lag): boolean {
  return from <= 0 && to >= 0;
}

/** The lag of a window; where it counts otherwise than in days between the starts of events, why not. */
export function lagOfWindow(window: CirceWindow | null | undefined): Lag | string {
  if (!window) return {};
  if (window.UseIndexEnd || window.UseEventEnd)
    return 'Here windows count from the first day of an event, not from its last.';
  const [start, end] = [window.Start, window.End].map(({ Days, TimeUnitValue, TimeUnit, Coeff }) => {
    const days = Days ?? TimeUnitValue;
    if (days !== null && days !== undefined && Days == null && (TimeUnit ?? 'day') !== 'day') return undefined;
    return { Coeff, days: days ?? undefined };
  });
  if (!start || !end) return 'Here windows are counted in days.';
  const isEmpty = (start.days === undefined && start.Coeff === 1) || (end.days === undefined && end.Coeff === -1);
  const lag = {
    from: start.days === undefined ? undefined : 0 + start.Coeff * start.days,
    to: end.days === undefined ? undefined : 0 + end.Coeff * end.days,
  };
  if (isEmpty || (lag.from ?? -LONGEST) > (lag.to ?? LONGEST))
    return 'The window ends before it starts: nothing lies in it.';
  if (Math.abs(lag.from ?? 0) > LONGEST || Math.abs(lag.to ?? 0) > LONGEST)
    return `Here a length of time has at most ${LONGEST} days.`;
  return lag;
}

/** What `span` of the protocol can say. */
const LONGEST = 9999;

/** The window of a lag. */
export function windowOfLag({ from, to }: Lag): CirceWindow {
  const end = (days: number | undefined, open: -1 | 1) =>
    days === undefined ? { Coeff: open } : { Days: Math.abs(days), Coeff: days === 0 ? open : days < 0 ? -1 : 1 };
  return { Start: end(from, -1), End: end(to, 1), UseEventEnd: false } as CirceWindow;
}

/**
 * The relation that holds in a lag; two, of which either may hold, where the sides before and after have different lengths.
 * A lag that is open on both sides is `of` at any time.
 */
export function relationsOfLag({ from, to }: Lag, other: EventReference): readonly Relation[] {
  const span = (days: number | undefined) => (days === undefined ? undefined : `${days} days`);
  const side = (
    least: number,
    most: number | undefined,
    [strict, loose]: readonly ['before' | 'after', 'onOrBefore' | 'onOrAfter'],
  ) => ({
    ...(least > 1 ? { atLeast: span(least) } : {}),
    ...(most === undefined ? {} : { within: span(most) }),
    [least > 0 ? strict : loose]: other,
  });
  const later = (least: number): Relation => side(least, to, ['after', 'onOrAfter']);
  const earlier = (least: number): Relation =>
    side(least, from === undefined ? undefined : 0 - from, ['before', 'onOrBefore']);
  if (from !== undefined && from >= 0) return [later(from)];
  if (to !== undefined && to <= 0) return [earlier(0 - to)];
  if (from === undefined ? to === undefined : to === 0 - from)
    return [{ ...(to === undefined ? {} : { within: span(to) }), of: other }];
  return [earlier(0), later(1)];
}

/** The lag of a relation; where a window of ATLAS cannot say it, why not. */
export function lagOfRelation(relation: Relation): Lag | string {
  const { word } = relatedTo(relation);
  if (word === 'overlapping') return 'ATLAS has windows around the start of an event, not around its course.';
  const [least, most] = [daysOf(relation.atLeast), daysOf(relation.within)];
  if (Number.isNaN(least ?? 0) || Number.isNaN(most ?? 0))
    return 'ATLAS counts days: write `30 days`, not months or years.';
  if (word === 'of') {
    if (least !== undefined && least > 0) return 'ATLAS has no window with a hole in it.';
    return most === undefined ? {} : { from: 0 - most, to: most };
  }
  const isStrict = word === 'after' || word === 'before';
  const later = { from: Math.max(least ?? 0, isStrict ? 1 : 0), to: most };
  return word === 'after' || word === 'onOrAfter' ? later : reversed(later);
}

/** Days of a length of time; `NaN` where it has not always as many. */
export function daysOf(span: string | undefined): number | undefined {
  if (span === undefined) return undefined;
  const [, count, unit] = /^(\d+) (day|week)s?$/.exec(span) ?? [];
  return count === undefined ? Number.NaN : Number(count) * (unit === 'week' ? 7 : 1);
}
