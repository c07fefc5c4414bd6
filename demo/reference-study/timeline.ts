import { addDays, ageOn, daysFrom, type Random } from '../institution/index.ts';
import { type IncludedCase, isMissing } from './cases.ts';

/** The last day of the study's period. */
export const PERIOD_END = '2017-06-27';

/** When the visits of an included patient were. */
export interface Timeline {
  /** First visit to rheumatology in this institution, after the disease was diagnosed. */
  readonly consult: string;
  /** When the deposits were diagnosed, shortly before the start. */
  readonly diagnosis: string;
  readonly start: string;
  /** Days with an assessment, in order. */
  readonly followUps: readonly string[];
  /** The last day of treatment that the chart knows. */
  readonly end: string;
}

/** Chooses the days before the start so that nothing is told before it happened. */
export function timelineOf(one: IncludedCase, random: Random): Timeline {
  const start = one.treatment.start_date;
  const onset = firstDay(one.baseline.cc_onset);
  const diagnosis = dayBetween(random, later(addDays(onset, 10), addDays(start, -80)), addDays(start, -6));
  const known = addDays(birthdayOfAge(one.person.birth, one.baseline.actd_age), 5);
  const consult = dayBetween(random, later(known, addDays(diagnosis, -380)), addDays(diagnosis, -21));
  const followUps = [...new Set(one.assessments.map((assessment) => assessment.date))].sort();
  const last = followUps.at(-1) ?? start;
  const { stop_date } = one.treatment;
  return { consult, diagnosis, start, followUps, end: isMissing(stop_date) ? last : stop_date };
}

/** The first day that a partial date can mean. */
export function firstDay(partial: string): string {
  return `${partial}-01-01`.slice(0, 10);
}

/** A day from `from` to `to`, both included; `from` where the span is empty. */
export function dayBetween(random: Random, from: string, to: string): string {
  return addDays(from, random.integer(0, Math.max(0, daysFrom(from, to))));
}

export function later(a: string, b: string): string {
  return a > b ? a : b;
}

export function earlier(a: string, b: string): string {
  return a < b ? a : b;
}

function birthdayOfAge(birth: string, age: number): string {
  let day = addDays(birth, Math.floor(age * 365.25));
  while (ageOn(birth, day) < age) day = addDays(day, 1);
  return day;
}
