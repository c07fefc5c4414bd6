/** What each assessment of one lesion counts as: by its basis, its time, and its number where a number decides. */
import { dayRange, daysBetween, monthsBetween, type PartialDate } from '../base/index.ts';
import type { LesionStatus } from '../protocol/index.ts';
import { type Assessment, inOrder, type LesionRules, type Reading } from './assessment.ts';

/** Why an assessment decides nothing although it was made. */
export type LeftOut = 'basis' | 'window' | 'baseline' | 'before' | 'unmeasured';

/** An assessment and what it counts as. */
export interface Judged extends Assessment {
  /** What was said, before the rules. */
  readonly said: LesionStatus;
  /** Percent change of size or score from the baseline; negative is smaller. */
  readonly change?: number;
  /** From day zero, where both dates are full days. */
  readonly months?: number;
  /** Changes are told from this one. */
  readonly baseline?: true;
  readonly leftOut?: LeftOut;
}

/** Judges the assessments of one lesion, in order; `status` of those left out is `not-evaluable`. */
export function judge(
  assessments: readonly Assessment[],
  rules: LesionRules,
  start: PartialDate | undefined,
  reading: Reading,
): Judged[] {
  const ordered = inOrder(assessments);
  const counted = ordered.filter((one) => byBasis(one, rules) && one.status !== 'not-evaluable');
  const baseline = baselineOf(counted, rules, start);
  const at = baseline === undefined ? Number.POSITIVE_INFINITY : ordered.indexOf(baseline);
  return ordered.map((one, place) => {
    const change = place < at || !counted.includes(one) ? undefined : changeBetween(baseline, one, rules);
    const earlier = ordered.slice(at, place).filter((other) => counted.includes(other));
    const status =
      rules.improvement && one.status !== 'not-evaluable' ? byNumber(one, change, earlier, rules) : one.status;
    const leftOut = reasonLeftOut(one, rules, {
      place: place === at ? 'baseline' : place < at && baseline ? 'before' : 'after',
      inWindow: inWindow(one, rules, start, reading),
      judged: status !== undefined,
    });
    const range = start === undefined ? undefined : monthsBetween(start, one.date);
    return {
      ...one,
      said: one.status,
      status: leftOut || status === undefined ? 'not-evaluable' : status,
      ...(change === undefined ? {} : { change }),
      ...(range && range.min === range.max ? { months: range.min } : {}),
      ...(one === baseline ? { baseline: true as const } : {}),
      ...(leftOut ? { leftOut } : {}),
    };
  });
}

function reasonLeftOut(
  one: Assessment,
  rules: LesionRules,
  is: {
    readonly place: 'baseline' | 'before' | 'after';
    readonly inWindow: boolean;
    readonly judged: boolean;
  },
): LeftOut | undefined {
  if (one.status === 'not-evaluable') return undefined;
  if (!byBasis(one, rules)) return 'basis';
  if (rules.improvement && is.place !== 'after') return is.place;
  if (!is.inWindow) return 'window';
  return is.judged ? undefined : 'unmeasured';
}

function byBasis(one: Assessment, { counts }: LesionRules): boolean {
  return counts?.includes(one.basis ?? 'not-stated') ?? true;
}

/** Without a day zero nothing is known to lie in the window. */
function inWindow(
  one: Assessment,
  { window }: LesionRules,
  start: PartialDate | undefined,
  { inside }: Reading,
): boolean {
  if (!window) return true;
  const unbounded = { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY };
  const days = start === undefined ? unbounded : daysBetween(start, one.date);
  const months = start === undefined ? unbounded : monthsBetween(start, one.date);
  const { fromDays = Number.NEGATIVE_INFINITY, toMonths = Number.POSITIVE_INFINITY } = window;
  const surely = days.min >= fromDays && months.max <= toMonths;
  const possibly = days.max >= fromDays && months.min <= toMonths;
  return inside ? possibly : surely;
}

/** The last number that is surely not after day zero, or else the first there is. */
function baselineOf(
  counted: readonly Assessment[],
  rules: LesionRules,
  start: PartialDate | undefined,
): Assessment | undefined {
  const measured = counted.filter((one) => numberOf(one, rules) !== undefined);
  const before = measured.findLast(
    (one) => start !== undefined && dayRange(one.date).latest <= dayRange(start).earliest,
  );
  return before ?? measured[0];
}

function numberOf(one: Assessment, { improvement }: LesionRules): number | undefined {
  return improvement ? one[improvement.by] : (one.size ?? one.score);
}

/** Percent; none from zero. Rounded to 1e-9, so that 2.1 of 3 is smaller by 30 % and not by a little less. */
function changeBetween(from: Assessment | undefined, to: Assessment, rules: LesionRules): number | undefined {
  const [a, b] = [from && numberOf(from, rules), numberOf(to, rules)];
  if (a === undefined || b === undefined || a <= 0) return undefined;
  return Math.round(((b - a) / a) * 100 * 1e9) / 1e9 + 0;
}

/** The status by the number. `resolved` and `recurred` need no measuring; of the others, unmeasured, nothing is known. */
function byNumber(
  one: Assessment,
  change: number | undefined,
  earlier: readonly Assessment[],
  rules: LesionRules,
): LesionStatus | undefined {
  const { improvement, worsening } = rules;
  if (one.status === 'recurred') return 'recurred';
  if (!improvement || change === undefined)
    return one.status === 'resolved' && numberOf(one, rules) === undefined ? 'resolved' : undefined;
  const sign = Math.sign(improvement.change);
  const { resolved = sign < 0 ? -100 : undefined } = improvement;
  const far = (limit: number): boolean => change * sign >= limit * sign;
  if (resolved !== undefined && far(resolved)) return 'resolved';
  if (worsening) {
    const measured = earlier.filter((other) => numberOf(other, rules) !== undefined);
    const reference = worsening.from === 'baseline' ? measured[0] : bestOf(measured, rules, sign);
    const back = changeBetween(reference, one, rules);
    if (back !== undefined && back * -sign >= worsening.change * -sign) return 'worsened';
  }
  return far(improvement.change) ? 'improved' : 'unchanged';
}

function bestOf(measured: readonly Assessment[], rules: LesionRules, sign: number): Assessment | undefined {
  const value = (one: Assessment): number => (numberOf(one, rules) ?? 0) * sign;
  return measured.toSorted((a, b) => value(b) - value(a))[0];
}
