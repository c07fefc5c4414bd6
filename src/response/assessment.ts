import { dayRange, type PartialDate } from '../base/index.ts';
import type { LesionStatus, ResponseRules } from '../protocol/index.ts';

/** Who or what an assessment rests on; `not-stated` where nobody says. */
export type Basis = 'patient' | 'provider' | 'measurement' | 'both' | 'not-stated';

/** One judgement of one lesion on one day. */
export interface Assessment {
  readonly lesion: string;
  readonly date: PartialDate;
  readonly status: LesionStatus;
  /** In the unit of its field. */
  readonly size?: number;
  readonly score?: number;
  readonly basis?: Basis;
}

/** The parts of the rules that one lesion is judged by. */
export type LesionRules = Pick<
  ResponseRules,
  'counts' | 'window' | 'improvement' | 'worsening' | 'confirmation' | 'recurrence' | 'durability'
>;

/** How limits are read that a partial date straddles: in favour of the lesion or against it, inside the window or not. */
export interface Reading {
  readonly favourable: boolean;
  readonly inside: boolean;
}

/** The assessments in the order of their dates; equal or overlapping dates keep a fixed order of their own. */
export function inOrder(assessments: readonly Assessment[]): Assessment[] {
  return assessments.toSorted(
    (a, b) =>
      compare(dayRange(a.date).earliest, dayRange(b.date).earliest) ||
      compare(a.date, b.date) ||
      compare(a.status, b.status) ||
      compareNumbers(a.size, b.size) ||
      compareNumbers(a.score, b.score) ||
      compare(a.basis ?? '', b.basis ?? ''),
  );
}

/** Better than at the start, or gone. */
export function isBetter({ status }: Pick<Assessment, 'status'>): boolean {
  return status === 'resolved' || status === 'improved';
}

function compareNumbers(a: number | undefined, b: number | undefined): number {
  return (a ?? Number.NEGATIVE_INFINITY) < (b ?? Number.NEGATIVE_INFINITY) ? -1 : a === b ? 0 : 1;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
