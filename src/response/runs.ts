/** Stretches of assessments that are all as good: what is seen again, what lasts, what comes back. */
import { daysBetween, isBefore, monthsBetween, type NumberRange } from '../base/index.ts';
import type { LesionRules, Reading } from './assessment.ts';
import type { Judged } from './judged.ts';

/** Nothing left, better, or neither. */
export type Level = 0 | 1 | 2;

export function levelOf({ status }: Pick<Judged, 'status'>): Level {
  return status === 'resolved' ? 2 : status === 'improved' ? 1 : 0;
}

/** The highest level of an assessment that is confirmed and lasts, as far as the rules ask for it. */
export function countedLevel(said: readonly Judged[], at: number, rules: LesionRules, reading: Reading): Level {
  const own = said[at] ? levelOf(said[at]) : 0;
  const levels: readonly Level[] = [2, 1];
  return (
    levels.find(
      (level) => level <= own && confirms(said, at, level, rules, reading) && lasts(said, at, level, rules, reading),
    ) ?? 0
  );
}

/** Seen again so often, so long after, with nothing worse between. */
function confirms(
  said: readonly Judged[],
  at: number,
  level: Level,
  { confirmation }: LesionRules,
  { favourable }: Reading,
): boolean {
  const first = said[at];
  if (!confirmation || !first) return true;
  const { times, afterDays, withinDays = Number.POSITIVE_INFINITY } = confirmation;
  const again = said.slice(at + 1, runEnd(said, at, level) + 1).filter((one) => {
    const { min, max } = daysBetween(first.date, one.date);
    return favourable ? max >= afterDays && min <= withinDays : min >= afterDays && max <= withinDays;
  });
  return again.length >= times - 1;
}

function lasts(
  said: readonly Judged[],
  at: number,
  level: Level,
  { durability }: LesionRules,
  { favourable }: Reading,
): boolean {
  if (!durability) return true;
  const months = runMonths(said, at, level);
  if (!months) return false;
  return (favourable ? months.max : months.min) >= durability.months;
}

/** Months from the first to the last assessment of the run; none where it is one assessment. */
export function runMonths(said: readonly Judged[], at: number, level: Level): NumberRange | undefined {
  const [first, last] = [said[runStart(said, at, level)], said[runEnd(said, at, level)]];
  return first && last && first !== last ? monthsBetween(first.date, last.date) : undefined;
}

/** The place where the run of assessments at least as good begins. */
export function runStart(said: readonly Judged[], at: number, level: Level): number {
  return said.slice(0, at).findLastIndex((one) => levelOf(one) < level) + 1;
}

/** The place of the last assessment of the run. */
export function runEnd(said: readonly Judged[], at: number, level: Level): number {
  const length = said.slice(at).findIndex((one) => levelOf(one) < level);
  return length === -1 ? said.length - 1 : at + length - 1;
}

/**
 * Each time that the lesion was there again, with the months since it was first gone (or better); none where not known.
 * Also after a resolution that was not confirmed: a rule that asks for more must not make a lesion better.
 */
export function recurrences(
  said: readonly Judged[],
  rules: LesionRules,
  reading: Reading,
): { readonly months?: NumberRange }[] {
  const stated = said.flatMap((one, at) => {
    if (one.status !== 'recurred') return [];
    const better = said[at - 1] && levelOf(said[at - 1] as Judged) > 0 ? said[runStart(said, at - 1, 1)] : undefined;
    return [better ? { months: monthsBetween(better.date, one.date) } : {}];
  });
  const seen = said.flatMap((gone, at) => {
    if (levelOf(gone) < 2) return [];
    const first = said[runStart(said, at, 2)] ?? gone;
    return said
      .filter((later) => levelOf(later) < 2 && isBefore(gone.date, later.date) === true)
      .map((later) => ({ months: monthsBetween(first.date, later.date) }));
  });
  return [...stated, ...seen].filter(({ months }: { months?: NumberRange }) => {
    if (!rules.recurrence || !months) return true;
    return (reading.favourable ? months.max : months.min) <= rules.recurrence.withinMonths;
  });
}
